package guard

// Rules of the check on what leaves.
const (
	RulePerson       = "persoon"
	RuleOrganisation = "organisatie"
	RulePlace        = "plaats"
	RuleRegion       = "regio"
	RuleCount        = "aantal"
	RuleTaken        = "overgenomen"
)

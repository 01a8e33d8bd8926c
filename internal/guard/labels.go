package guard

// Label says in Dutch what was found: for Block a kind of thing («V-nummer»), to stand behind «iets dat
// lijkt op een»; for Ask and Hint with its article («een leeftijd en een kleine plaats»), to stand
// behind «Wij zien».
func (f Finding) Label() string {
	name := ruleLabel(f.Rule, f.Level)
	if f.Level == Block {
		return name
	}
	switch f.Rule {
	case RuleAge:
		if f.Level == Ask {
			return "een leeftijd en een kleine plaats"
		}
		return "een exacte leeftijd"
	case RuleNationality:
		if f.Level == Ask {
			return "een nationaliteit, een leeftijd en een plaats"
		}
		return "een nationaliteit en een plaats"
	case RuleBirth:
		return "een datum en een persoon"
	}
	return "een " + name
}

func ruleLabel(rule string, level Level) string {
	switch rule {
	case RuleIBAN:
		return "rekeningnummer (IBAN)"
	case RulePhone:
		return "telefoonnummer"
	case RuleBSN:
		return "burgerservicenummer (BSN)"
	case RuleAlien:
		return "V-nummer"
	case RulePassport:
		return "nummer van een paspoort of ID-kaart"
	case RulePermit:
		return "nummer van een verblijfsdocument"
	case RuleProsecution:
		return "parketnummer"
	case RulePolice:
		return "registratienummer van de politie"
	case RuleVerdict:
		return "nummer van een uitspraak (ECLI)"
	case RuleCase:
		return "zaaknummer"
	case RulePlate:
		return "kenteken"
	case RuleMail:
		return "e-mailadres"
	case RuleAccount:
		return "account op sociale media"
	case RuleHandle:
		return "gebruikersnaam"
	case RulePostcode:
		if level == Block {
			return "postcode met huisnummer"
		}
		return "postcode"
	case RuleAddress:
		if level == Block {
			return "adres"
		}
		return "straatnaam"
	case RuleBirth:
		return "geboortedatum"
	case RuleName:
		return "naam van een persoon"
	case RulePerson:
		return "naam van een persoon"
	case RuleOrganisation:
		return "naam van een organisatie"
	case RulePlace:
		return "plaatsnaam"
	case RuleRegion:
		return "naam van een regio"
	case RuleCount:
		return "aantal"
	case RuleTaken:
		return "zin uit een inbreng"
	}
	return rule
}

// Suggestion gives a wider wording for the text between Start and End, where the rule has one; else "".
// It is made from the rule and the age group alone.
func (f Finding) Suggestion() string { return f.wider }

package people

import (
	"slices"
	"strings"

	"ruggespraak/internal/fault"
)

// Object is an object relation of the permission matrix, such as
// "contrib.sub.own": the kind of thing, and how the viewer stands to it.
type Object string

// Verb is what is done to an object.
type Verb byte

// The verbs of the permission matrix.
const (
	List   Verb = 'L' // list, search
	Read   Verb = 'R'
	Create Verb = 'C'
	Update Verb = 'U'
	Delete Verb = 'D'
	Act    Verb = 'X' // transition: submit, publish, send, withdraw, moderate, revoke
)

// Redaction says how much of an object a role sees; empty is all of it.
type Redaction string

// The redactions that built parts use. The trust model describes all of them.
const (
	Whole    Redaction = ""
	Unnamed  Redaction = "r3" // no author, organisation, region, no time finer than the day
	RoleOnly Redaction = "r4" // names and role only
	Metadata Redaction = "r5" // security metadata without content
	Words    Redaction = "r7" // words or a band, never a count under five
)

// May tells whether a role may do this to an object of this relation. The
// product itself may do what some role may.
func May(r Role, o Object, verb Verb) bool {
	verbs, _, _ := strings.Cut(policy[o][r], "/")
	if r == systemRole {
		return slices.ContainsFunc(Roles, func(r Role) bool { return May(r, o, verb) })
	}
	return strings.IndexByte(verbs, byte(verb)) >= 0
}

// RedactionFor is how much of an object of this relation a role sees.
func RedactionFor(r Role, o Object) Redaction {
	_, redaction, _ := strings.Cut(policy[o][r], "/")
	return Redaction(redaction)
}

// Known tells whether the policy has a row for the relation.
func (o Object) Known() bool { _, ok := policy[o]; return ok }

// Objects lists all relations of the policy, sorted.
func Objects() []Object {
	all := make([]Object, 0, len(policy))
	for o := range policy {
		all = append(all, o)
	}
	slices.Sort(all)
	return all
}

// Allow is nil when the viewer may do this to an object of this relation. What
// the viewer may neither list nor read is not found; what may be seen but not
// done is forbidden.
func Allow(v Viewer, o Object, verb Verb) error {
	r := v.ActiveRole()
	if May(r, o, verb) {
		return nil
	}
	if May(r, o, Read) || May(r, o, List) {
		return fault.ForbiddenError()
	}
	return fault.NotFoundError()
}

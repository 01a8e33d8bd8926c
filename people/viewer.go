package people

// Role is what an account acts as in a session. One is active at a time; roles
// never add up. The letters are those of the permission matrix.
type Role string

// The roles of the permission matrix. Guest, deputy and auditor are in the
// policy; their accounts come later.
const (
	Visitor       Role = "P"
	Guest         Role = "G"
	Coordinator   Role = "C"
	Deputy        Role = "V"
	Chair         Role = "Z"
	SOMMember     Role = "S"
	TaskForce     Role = "T" // secretariat of the Task Force
	Administrator Role = "A"
	Auditor       Role = "U"
)

// Roles lists all roles in the order of the matrix.
var Roles = []Role{Visitor, Guest, Coordinator, Deputy, Chair, SOMMember, TaskForce, Administrator, Auditor}

// BuiltRoles are the roles that somebody can have now.
var BuiltRoles = []Role{Visitor, Coordinator, Chair, SOMMember, TaskForce, Administrator}

// Label is the Dutch name of the role.
func (r Role) Label() string {
	switch r {
	case Guest:
		return "Gast"
	case Coordinator:
		return "Zorgcoördinator"
	case Deputy:
		return "Plaatsvervanger"
	case Chair:
		return "Voorzitter"
	case SOMMember:
		return "SOM-lid"
	case TaskForce:
		return "Secretariaat Task Force"
	case Administrator:
		return "Beheerder"
	case Auditor:
		return "Controleur"
	default:
		return "Bezoeker"
	}
}

// Member tells whether the role belongs to the members: coordinators, their
// deputies, and the chair.
func (r Role) Member() bool { return r == Coordinator || r == Deputy || r == Chair }

// Viewer is who asks: what every domain function takes first after its
// context. The zero Viewer is a visitor who is not signed in.
type Viewer struct {
	Account      string // id; empty for a visitor
	Name         string
	Role         Role   // empty means Visitor
	Organisation string // id; empty for roles without one
	Region       string // id; empty for roles without one
}

// ActiveRole is the viewer's role; a visitor's for the zero Viewer.
func (v Viewer) ActiveRole() Role {
	if v.Role == "" {
		return Visitor
	}
	return v.Role
}

// System is the viewer for what the product does by itself: projecting events,
// running jobs, loading the demo. No route makes one.
func System() Viewer { return Viewer{Account: "system", Name: "Ruggespraak", Role: systemRole} }

// systemRole stands outside the matrix: no request carries it.
const systemRole Role = "system"

// IsSystem tells whether the product itself asks.
func (v Viewer) IsSystem() bool { return v.Role == systemRole }

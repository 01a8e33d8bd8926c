// Package importrules holds the house together: its test reads every import of
// the module and fails when one points upwards, sideways, or at a library that
// belongs to another package. The table is in rules.go, each rule with its
// reason.
//
// It stores nothing and imports the standard library only.
package importrules

package main

import (
	"fmt"
	"runtime/debug"
)

// versionCommand prints the version.
type versionCommand struct{}

// Run is called by kong.
func (*versionCommand) Run(t *terminal) error {
	_, err := fmt.Fprintln(t.out, "ruggespraak", version())
	return err
}

// version is what the build knows of itself: module version, commit, toolchain.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			v += " " + s.Value[:min(12, len(s.Value))]
		}
		if s.Key == "vcs.modified" && s.Value == "true" {
			v += " (changed)"
		}
	}
	return fmt.Sprintf("%s %s", v, info.GoVersion)
}

package main

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"
)

// userInfo is what stands between :// and @ in an address; a password may hold
// an @ of its own.
var userInfo = regexp.MustCompile(`://([^/?#]*)@`)

// redact hides what could be a secret in an address: the password, or the whole
// of what stands before the @ when there is no colon, and every parameter.
func redact(address string) string {
	address = userInfo.ReplaceAllStringFunc(address, func(s string) string {
		user, _, ok := strings.Cut(strings.TrimPrefix(s, "://"), ":")
		if !ok {
			return "://***@"
		}
		return "://" + user + ":***@"
	})
	if before, _, ok := strings.Cut(address, "?"); ok {
		return before + "?***"
	}
	return address
}

// printConfig prints every option of the chosen command with its value in
// effect, secrets redacted.
func printConfig(k *kong.Context, out io.Writer) {
	for _, flag := range k.Selected().AllFlags(true) {
		for _, f := range flag {
			if f.Name == "help" {
				continue
			}
			value := fmt.Sprint(f.Target.Interface())
			if f.Tag.Has("secret") {
				value = redact(value)
			}
			fmt.Fprintf(out, "  --%-17s %-30q %s\n", f.Name, value, strings.Join(f.Envs, " "))
		}
	}
}

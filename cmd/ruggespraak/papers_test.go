package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func mustRead(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// keyLine is a key of a YAML mapping, with its value when that is on the line.
var keyLine = regexp.MustCompile(`^( *)([a-zA-Z]+): ?(.*)$`)

// yamlKeys gives the keys of a simple YAML file by their path, such as
// legal.license. Folded texts are joined; lists are empty.
func yamlKeys(text string) map[string]string {
	keys, path := map[string]string{}, []string{}
	for _, line := range strings.Split(text, "\n") {
		m := keyLine.FindStringSubmatch(line)
		if m == nil {
			if len(path) > 0 && !strings.HasPrefix(strings.TrimSpace(line), "#") {
				keys[strings.Join(path, ".")] += strings.TrimSpace(line) + " "
			}
			continue
		}
		path = append(path[:min(len(m[1])/2, len(path))], m[2])
		keys[strings.Join(path, ".")] = strings.Trim(m[3], `">`)
	}
	return keys
}

func TestPubliccode(t *testing.T) {
	keys := yamlKeys(mustRead(t, "publiccode.yml"))
	for _, key := range []string{
		"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType",
		"description.nl.shortDescription", "description.nl.longDescription", "description.nl.features",
		"legal.license", "maintenance.type", "maintenance.contacts", "localisation.localisationReady", "localisation.availableLanguages",
		"intendedAudience.countries",
	} {
		if strings.TrimSpace(keys[key]) == "" {
			t.Errorf("publiccode.yml has no %s", key)
		}
	}
	for key, want := range map[string]string{"publiccodeYmlVersion": "0.7", "legal.license": "EUPL-1.2", "softwareType": "standalone/web"} {
		if keys[key] != want {
			t.Errorf("%s = %q, want %q", key, keys[key], want)
		}
	}
	if n := utf8.RuneCountInString(keys["description.nl.shortDescription"]); n > 150 {
		t.Errorf("the short description has %d characters, at most 150 are allowed", n)
	}
	if n := utf8.RuneCountInString(keys["description.nl.longDescription"]); n < 150 {
		t.Errorf("the long description has %d characters, at least 150 are needed", n)
	}
}

func TestLicenceIsWhole(t *testing.T) {
	text := mustRead(t, "LICENSE")
	for _, part := range []string{"EUROPEAN UNION PUBLIC LICENCE v. 1.2", "## 15. Applicable Law", "## Appendix"} {
		if !strings.Contains(text, part) {
			t.Errorf("LICENSE lacks %q", part)
		}
	}
}

// Documents lead to files that are there.
func TestDocumentsLinkToWhatIsThere(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^):#]+)\)`)
	for _, name := range []string{"README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/architecture.md", "docs/deploy.md"} {
		for _, m := range link.FindAllStringSubmatch(mustRead(t, name), -1) {
			if _, err := os.Stat(filepath.Join("..", "..", filepath.Dir(name), m[1])); err != nil {
				t.Errorf("%s leads to %s, which is not there", name, m[1])
			}
		}
	}
}

// Every option is written down for who runs the product.
func TestOptionsAreInTheDeploymentGuide(t *testing.T) {
	guide := mustRead(t, "docs/deploy.md")
	parser, err := newParser(&terminal{out: os.Stdout, err: os.Stderr})
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range parser.Model.Children {
		for _, flag := range command.Flags {
			for _, env := range flag.Envs {
				if !strings.Contains(guide, "`"+env+"`") {
					t.Errorf("docs/deploy.md does not tell of %s", env)
				}
			}
		}
	}
}

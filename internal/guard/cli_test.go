package guard_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ruggespraak/internal/guard"
)

func TestLines(t *testing.T) {
	in := "Zijn BSN is 111222333\r\n\nEen 17-jarige jongen uit een dorp met 900 inwoners\nNiets aan de hand\nDe 27-jarige één"
	want := `{"oordeel":"blok","vondsten":[{"regel":"bsn","niveau":"blok","van":12,"tot":21}]}
{"oordeel":"schoon","vondsten":[]}
{"oordeel":"vraag","vondsten":[{"regel":"leeftijd","niveau":"vraag","van":0,"tot":50}]}
{"oordeel":"schoon","vondsten":[]}
{"oordeel":"schoon","vondsten":[{"regel":"leeftijd","niveau":"tip","van":3,"tot":12}]}
`
	var out strings.Builder
	if err := guard.Lines(newGuard(), strings.NewReader(in), &out); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("Lines (-want +got):\n%s", diff)
	}
}

func TestLabelsAndSuggestions(t *testing.T) {
	tests := []struct{ text, rule, label, wider string }{
		{"V-nummer 271 234 5678", guard.RuleAlien, "V-nummer", ""},
		{"BSN 111222333", guard.RuleBSN, "burgerservicenummer (BSN)", ""},
		{"Mevrouw Jansen belde.", guard.RuleName, "een naam van een persoon", ""},
		{"Een 17-jarige jongen uit een dorp met 900 inwoners", guard.RuleAge, "een leeftijd en een kleine plaats", "Een minderjarige uit een kleine gemeente"},
		{"Een meisje van twaalf uit een gehucht.", guard.RuleAge, "een leeftijd en een kleine plaats", "Een minderjarige uit een kleine gemeente"},
		{"Toen kwam een kind van drie uit een gehucht.", guard.RuleAge, "een leeftijd en een kleine plaats", "een minderjarige uit een kleine gemeente"},
		{"Toen kwam een 21-jarige uit een gehucht.", guard.RuleAge, "een leeftijd en een kleine plaats", "een jongvolwassene (18 tot en met 22 jaar) uit een kleine gemeente"},
		{"Een 27-jarige vrouw", guard.RuleAge, "een exacte leeftijd", "volwassene"},
		{"Een Poolse man van 45 jaar in Zutphen", guard.RuleNationality, "een nationaliteit, een leeftijd en een plaats", "Een volwassene uit een kleine gemeente"},
		{"Zie ECLI:NL:HR:2009:BI7099", guard.RuleVerdict, "een nummer van een uitspraak (ECLI)", ""},
	}
	g := newGuard()
	for _, tc := range tests {
		t.Run(tc.text, func(t *testing.T) {
			r := g.Check(tc.text, guard.Options{})
			if len(r.Findings) == 0 {
				t.Fatalf("Check(%q) finds nothing", tc.text)
			}
			f := r.Findings[0]
			got := [3]string{f.Rule, f.Label(), f.Suggestion()}
			if want := [3]string{tc.rule, tc.label, tc.wider}; got != want {
				t.Errorf("Check(%q) = %q, want %q", tc.text, got, want)
			}
		})
	}
}

// Names of accounts raise no question in agenda and minutes; others still do.
func TestAccountNamesRaiseNoQuestion(t *testing.T) {
	g := newGuard()
	names := guard.Options{Names: []string{"Karin van der Wal", "Youssef Amrani", "Anna-Maria Bos"}}
	for _, text := range []string{"Gast is Karin van der Wal.", "Trekker: mw. Van der Wal", "Toelichting door K. van der Wal.", "Actie voor Youssef Amrani en Anna-Maria Bos."} {
		if r := g.Check(text, names); r.Verdict != guard.Clean {
			t.Errorf("Check(%q) = %s %v, want schoon", text, r.Verdict, rules(r))
		}
		if r := g.Check(text, guard.Options{}); r.Verdict != guard.Ask {
			t.Errorf("Check(%q) without names = %s, want vraag", text, r.Verdict)
		}
	}
	if r := g.Check("Actie voor Youssef Bouzid.", names); r.Verdict != guard.Ask {
		t.Errorf("another Youssef: %s, want vraag", r.Verdict)
	}
}

// What the owner allows beside the built-in lists.
func TestAllow(t *testing.T) {
	g := guard.New(guard.Allow{Phones: []string{"06-98765432"}, Organisations: []string{"Huis Sanne Smit"}, MailDomains: []string{"Opvang.Example.nl"}}, testDay)
	for _, text := range []string{"Bel +31 6 98765432.", "Bij Huis Sanne Smit is plek.", "Mail p.jansen@opvang.example.nl"} {
		if r := g.Check(text, guard.Options{}); r.Verdict != guard.Clean {
			t.Errorf("Check(%q) = %s %v, want schoon", text, r.Verdict, rules(r))
		}
	}
}

package parts_test

import (
	"strings"
	"testing"

	"github.com/a-h/templ"

	"ruggespraak/frontend/parts"
)

func mustRender(t testing.TB, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatalf("Render() = %v, want no error", err)
	}
	return b.String()
}

func TestLayoutTitle(t *testing.T) {
	tests := []struct {
		name string
		page parts.Page
		want string
	}{
		{"plain", parts.Page{Title: "Start"}, "<title>Start – Ruggespraak</title>"},
		{"refused form", parts.Page{Title: "Inbreng delen", Error: true}, "<title>Fout: Inbreng delen – Ruggespraak</title>"},
		{"no title", parts.Page{}, "<title>Ruggespraak</title>"},
		{"escaped", parts.Page{Title: "a <b> & c"}, "<title>a &lt;b&gt; &amp; c – Ruggespraak</title>"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			if got := mustRender(t, parts.Layout(tc.page)); !strings.Contains(got, tc.want) {
				t.Errorf("Layout() lacks %s in\n%s", tc.want, got)
			}
		})
	}
}

func TestLayoutSignsOutByPost(t *testing.T) {
	page := parts.Page{Viewer: &parts.Viewer{Name: "Marit"}, CSRF: "t0ken"}
	got := mustRender(t, parts.Layout(page))
	want := `<form method="post" action="/afmelden"><input type="hidden" name="_token" value="t0ken">`
	if !strings.Contains(got, want) {
		t.Errorf("Layout() lacks %s", want)
	}
	if strings.Contains(mustRender(t, parts.Layout(parts.Page{})), "/afmelden") {
		t.Error("Layout() without a viewer offers «Afmelden»")
	}
}

// The content security policy allows no inline code.
func TestNoInlineCode(t *testing.T) {
	page := parts.Page{Title: "x", Theme: "dark", Viewer: &parts.Viewer{Name: "Marit"}, DemoBanner: &parts.DemoBanner{}}
	got := mustRender(t, parts.Layout(page))
	for _, bad := range []string{" style=", "<style", " onclick", "javascript:", "<script>"} {
		if strings.Contains(got, bad) {
			t.Errorf("Layout() contains %q", bad)
		}
	}
}

func TestSeveralButtonsOneName(t *testing.T) {
	got := mustRender(t, parts.Button(parts.ButtonOptions{Label: "Herken ik ook", About: "Lange stilte"}))
	want := `<span>Herken ik ook</span><span class="rs-hidden">: Lange stilte</span>`
	if !strings.Contains(got, want) {
		t.Errorf("Button() = %s, want it to contain %s", got, want)
	}
}

func TestGuardAskEscapesWhatPeopleTyped(t *testing.T) {
	got := mustRender(t, parts.GuardAsk(parts.GuardAskOptions{
		ID:  "vraag",
		Now: []parts.Fragment{{Text: "Een "}, {Text: "<b>17</b>", Mark: true}, {Text: "-jarige"}},
	}))
	want := `<dd>“Een <mark>&lt;b&gt;17&lt;/b&gt;</mark>-jarige”</dd>`
	if !strings.Contains(got, want) {
		t.Errorf("GuardAsk() = %s, want it to contain %s", got, want)
	}
}

func TestTextAreaKeepsFirstEmptyLine(t *testing.T) {
	got := mustRender(t, parts.TextArea(parts.TextAreaOptions{Name: "tekst", Value: "\nregel"}))
	if want := ">\n\nregel</textarea>"; !strings.Contains(got, want) {
		t.Errorf("TextArea() = %q, want it to contain %q", got, want)
	}
}

func TestFieldTiesHelpAndError(t *testing.T) {
	got := mustRender(t, parts.Field(parts.FieldOptions{Name: "titel", Help: "h", Error: "f"}))
	for _, want := range []string{`aria-describedby="titel-h titel-f"`, `aria-invalid="true"`, `id="titel-h"`, `id="titel-f"`} {
		if !strings.Contains(got, want) {
			t.Errorf("Field() lacks %s in %s", want, got)
		}
	}
}

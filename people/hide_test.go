package people_test

import (
	"testing"

	"ruggespraak/people"
)

func TestNamesAreHiddenHoweverTheyAreWritten(t *testing.T) {
	t.Parallel()
	names := people.FindNames([]string{"Femke Aalders", "Karim de Groot", "Loïs van 't Hart", "Anne-Marie Bos", "Robot", ""})
	for text, want := range map[string]string{
		"FEMKE AALDERS en femke aalders.":            "een deelnemer en een deelnemer.",
		"Femke weet dit; Aalders ook.":               "een deelnemer weet dit; een deelnemer ook.",
		"Femkes idee, volgens mw. Aalders.":          "een deelnemer idee, volgens mw. een deelnemer.",
		"F. Aalders en K.J. de Groot":                "een deelnemer en een deelnemer",
		"Karim\nde  Groot, Karim **de** Groot":       "een deelnemer, een deelnemer",
		"Kar\u200bim de Gro\u00adot zei dit":         "een deelnemer zei dit",
		"Ka\u0301rim weet dit":                       "een deelnemer weet dit",
		"Vraag het De Groot, of mw. Groot.":          "Vraag het een deelnemer, of mw. een deelnemer.",
		"Een groot probleem. Groot is het.":          "Een groot probleem. Groot is het.",
		"Lois van 't Hart en Loïs van ’t Hart":       "een deelnemer en een deelnemer",
		"Anne Marie Bos is in het bos":               "een deelnemer is in het bos",
		"Robot en robot":                             "een deelnemer en robot",
		"De Grootste zorg: aaldersgroen, Karimata.":  "De Grootste zorg: aaldersgroen, Karimata.",
		"Femke. Aalders":                             "een deelnemer. een deelnemer",
		"https://example.nl/over-ons/karim-de-groot": "https://example.nl/over-ons/een deelnemer",
		"": "",
	} {
		if got := names.Hide(text); got != want {
			t.Errorf("Hide(%q) = %q, want %q", text, got, want)
		}
	}
}

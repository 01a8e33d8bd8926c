package guard_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"ruggespraak/internal/guard"
)

// known is a small network of invented persons and organisations, and the regions of the directory.
func known() guard.Known {
	return guard.Known{
		Persons: []string{"Wendela Hoogstraten", "Bas van der Meulen", "Nadia El Khatib", "Roos de Boer", "Tjitske Wiarda",
			"Mark Visser", "Ömer Yıldırım", "Chantal Verbruggen", "J. ter Horst"},
		Organisations: []string{"Stichting De Wijde Blik", "Opvang Noorderlicht", "Zorggroep Maasoever", "Het Baken", "Veilig Thuis Zeeland",
			"Kompaan en de Bocht", "Vangnet/ACM", "Huis ter Duin", "Moviera", "CoMensha"},
		Regions: []string{"Politieregio Amsterdam", "Gemeente Eindhoven en de regio", "Provincie Friesland", "Politieregio IJsselland",
			"Midden Nederland", "Limburg-Noord en Limburg-Midden", "Rivierengebied"},
	}
}

func policy(tb testing.TB) []string {
	tb.Helper()
	raw, err := os.ReadFile("testdata/policy.txt")
	if err != nil {
		tb.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(raw)), "\n")
}

// The bar: at most 2 % false alarms on clean policy paragraphs.
func TestPolicyMayLeave(t *testing.T) {
	g, runs := newGuard(), guard.NewRuns()
	for i, l := range mustLabelled(t, "testdata/labelled.tsv") {
		runs.Add(fmt.Sprint(i), l.text)
	}
	alarms, all := 0, policy(t)
	for i, p := range all {
		fs := g.CheckLeaving(p, known(), runs)
		if fs == nil {
			continue
		}
		alarms++
		for _, f := range fs {
			t.Logf("policy.txt:%d: %s %q", i+1, f.Rule, string([]rune(p)[f.Start:f.End]))
		}
	}
	if alarms*100 > 2*len(all) {
		t.Errorf("false alarms: %d of %d", alarms, len(all))
	}
}

// plants are what must not leave, with the rules that may say so.
func plants() []struct{ text, rules string } {
	return []struct{ text, rules string }{
		{"Wendela Hoogstraten", "persoon"}, {"mevrouw Hoogstraten", "persoon"}, {"Bas van der Meulen", "persoon"}, {"Van der Meulen", "persoon"},
		{"Nadia El Khatib", "persoon"}, {"Tjitske", "persoon"}, {"Mark Visser", "persoon"}, {"Chantal", "persoon"}, {"J. ter Horst", "persoon"},
		{"Fatima Bouzid", "persoon"}, {"Blessing", "persoon"}, {"dhr. Pietersma", "persoon"}, {"Katarzyna Nowak", "persoon"}, {"K.L. Wessels", "persoon"},
		{"de Wijde Blik", "organisatie"}, {"Stichting De Wijde Blik", "organisatie"}, {"Opvang Noorderlicht", "organisatie"}, {"Zorggroep Maasoever", "organisatie"},
		{"Het Baken", "organisatie"}, {"Veilig Thuis Zeeland", "organisatie"}, {"Kompaan en de Bocht", "organisatie"}, {"Vangnet", "organisatie"},
		{"Moviera", "organisatie"}, {"HVO Querido", "organisatie"}, {"Stichting Open Deur", "organisatie"}, {"GGD Drenthe", "organisatie"}, {"PMW Humanitas", "organisatie"},
		{"Zwolle", "plaats"}, {"Den Haag", "plaats regio"}, {"Bergen op Zoom", "plaats regio"}, {"'s-Hertogenbosch", "plaats"}, {"Den Bosch", "plaats"},
		{"Capelle aan den IJssel", "plaats"}, {"Giethoorn", "plaats"}, {"zwolle", "plaats"}, {"Arnhem-Leeuwarden", "regio plaats"}, {"Ter Apel", "plaats"},
		{"Twente", "regio"}, {"Politieregio IJsselland", "regio"}, {"Limburg", "regio"}, {"Noord-Brabant", "regio"}, {"Noord Brabant", "regio"}, {"Gooi & Vechtstreek", "regio"},
		{"de Achterhoek", "regio"}, {"Oost-Nederland", "regio"}, {"Rivierengebied", "regio"}, {"Zeeuwse", "regio"}, {"Rotterdam-Rijnmond", "regio"}, {"Zeeland-West-Brabant", "regio"},
		{"5 organisaties", "aantal"}, {"zeven organisaties", "aantal"}, {"drie regio's", "aantal"}, {"4 regio’s", "aantal"}, {"twaalf coördinatoren", "aantal"},
		{"27 zorgcoördinatoren", "aantal"}, {"1 slachtoffer", "aantal"}, {"één slachtoffer", "aantal"}, {"twintig personen", "aantal"}, {"3 keer", "aantal"}, {"twee keer", "aantal"},
		{"2–4 slachtoffers", "aantal"}, {"vijf andere organisaties", "aantal"}, {"6 van de organisaties", "aantal"}, {"1.049 slachtoffers", "aantal"}, {"drie politieregio's", "aantal"},
	}
}

// The bar: 99 % of what is planted is refused, with the right rule, at its place.
func TestPlantedIsRefused(t *testing.T) {
	g, all := newGuard(), policy(t)
	tried, missed := 0, map[string]int{}
	for k, p := range plants() {
		for i := range 9 {
			paragraph := all[(k*9+i)%len(all)]
			for _, frame := range []string{"Dit komt van %s en dat weten wij.", "Wij hoorden dit via %s.", "Volgens %s kan het anders, zegt men.", "Het gaat (ook) om %s;"} {
				sentences := strings.SplitAfterN(paragraph, ". ", 2)
				text := sentences[0] + fmt.Sprintf(frame, p.text) + " " + strings.Join(sentences[1:], "")
				tried++
				if !refusedAt(g.CheckLeaving(text, known(), nil), text, p.text, p.rules) {
					missed[p.text]++
					if missed[p.text] == 1 {
						t.Logf("missed %q in %s", p.text, text)
					}
				}
			}
		}
	}
	total := 0
	for _, n := range missed {
		total += n
	}
	t.Logf("planted %d, missed %d: %v", tried, total, missed)
	if total*100 > tried {
		t.Errorf("missed %d of %d", total, tried)
	}
}

// refusedAt wants a finding of one of the rules that touches where part stands.
func refusedAt(fs []guard.Finding, text, part, rules string) bool {
	start := utf8.RuneCountInString(text[:strings.Index(text, part)])
	end := start + utf8.RuneCountInString(part)
	for _, f := range fs {
		if strings.Contains(rules, f.Rule) && f.Start < end && f.End > start {
			return true
		}
	}
	return false
}

// Eight words of a contribution do not leave, whatever is done to capitals, marks and accents, and
// whatever body or law is set between them.
func TestTakenOverIsRefused(t *testing.T) {
	g := newGuard()
	contribution := strings.Fields("Bij ons wachten vrouwen wekenlang op een plek omdat de crisisopvang alleen overdag nieuwe cliënten aanneemt en niemand ’s avonds de telefoon beantwoordt")
	runs := guard.NewRuns()
	runs.Add("a", strings.Join(contribution, " "))
	all := policy(t)
	rapid.Check(t, func(t *rapid.T) {
		paragraph := rapid.SampledFrom(all).Draw(t, "paragraph")
		n := rapid.IntRange(8, 14).Draw(t, "words")
		from := rapid.IntRange(0, len(contribution)-n).Draw(t, "from")
		words := append([]string{}, contribution[from:from+n]...)
		if rapid.Bool().Draw(t, "body") {
			at := rapid.IntRange(1, n-1).Draw(t, "at")
			body := rapid.SampledFrom([]string{"(CoMensha)", "het Openbaar Ministerie"[4:], "B8/3", "Wetboek van Strafrecht", "Task Force Mensenhandel"}).Draw(t, "which")
			words = append(words[:at:at], append([]string{body}, words[at:]...)...)
		}
		quote := strings.Join(words, rapid.SampledFrom([]string{" ", ", ", "  ", "\n", "\u00a0"}).Draw(t, "join"))
		switch rapid.IntRange(0, 3).Draw(t, "dress") {
		case 1:
			quote = strings.ToUpper(quote)
		case 2:
			quote = strings.ReplaceAll(quote, "ë", "e")
		case 3:
			quote = strings.ReplaceAll(quote, "ë", "e\u0308")
		}
		text := paragraph + " Iemand schrijft: " + quote + ". Dat is bekend."
		if !refusedAt(g.CheckLeaving(text, known(), runs), text, quote, guard.RuleTaken) {
			t.Fatalf("CheckLeaving(%q) does not refuse %q", text, quote)
		}
	})
	seven := "Wij lezen: " + strings.Join(contribution[:7], " ") + " een bed."
	if fs := g.CheckLeaving(seven, known(), runs); fs != nil {
		t.Errorf("CheckLeaving(%q) = %+v, want nil: seven words may leave", seven, fs)
	}
}

func TestBodiesAndLawsLeave(t *testing.T) {
	g := newGuard()
	for _, text := range []string{
		"Het SOM, de Task Force en CoMensha spreken met de IND, de politie en het OM.",
		"De ministeries van Justitie en Veiligheid, VWS en SZW antwoorden samen.",
		"Volgens de Nationaal Rapporteur en de VNG geldt artikel 273f Sr.",
		"Het Schadefonds Geweldsmisdrijven en Slachtofferhulp Nederland helpen, de Raad voor Rechtsbijstand betaalt.",
		"De Nederlandse Arbeidsinspectie en de Koninklijke Marechaussee controleren samen.",
		"Een organisatie in een regio kan een persoon of een slachtoffer een keer doorverwijzen.",
		"In 2019 werd artikel 8 slachtofferrichtlijn nog niet gebruikt.",
		"Sinds 2024 hebben organisaties en slachtoffers met B8/3 te maken.",
	} {
		if fs := g.CheckLeaving(text, known(), guard.NewRuns()); fs != nil {
			t.Errorf("CheckLeaving(%q) = %+v, want nil", text, fs)
		}
	}
}

// Sentences with and without what may not leave, in forms that people use.
func TestLeavingSentences(t *testing.T) {
	g := newGuard()
	names := guard.Known{Persons: []string{"Karin van der Wal"}, Organisations: []string{"Huis Sanne", "Het Baken"}, Regions: []string{"Gooi en Vechtstreek"}}
	for _, l := range mustLabelled(t, "testdata/leaving.tsv") {
		text, marks := unmark(l.text)
		found := g.CheckLeaving(text, names, nil)
		if l.want == "schoon" && len(found) > 0 {
			t.Errorf("leaving.tsv:%d: %s is refused: %v", l.line, text, found)
		}
		if l.want == "blok" && (len(found) == 0 || !touches(guard.Report{Verdict: guard.Block, Findings: found}, marks)) {
			t.Errorf("leaving.tsv:%d: %s leaves, or is refused elsewhere: %v", l.line, text, found)
		}
	}
}

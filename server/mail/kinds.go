package mail

import (
	"fmt"
	"maps"
	"slices"
)

// text is what a mail of one kind says.
type text struct {
	subject string
	line    string
}

// kinds is the one table of what may be mailed. Every line is a fixed sentence:
// no name, title or number of anything ever stands in a mail.
var kinds = map[string]text{
	// accounts
	"uitnodiging": {"Ruggespraak: uw uitnodiging", "U bent uitgenodigd voor Ruggespraak. De link werkt één keer, en 7 dagen lang."},
	"toegang":     {"Ruggespraak: nieuwe toegang", "U kunt opnieuw toegang instellen. De link werkt één keer, en 7 dagen lang."},
	// inbreng, for the chair
	"dringend":  {"Ruggespraak: inbreng die niet kan wachten", "Er is inbreng die niet kan wachten. De indiener vraagt om contact."},
	"vrijgeven": {"Ruggespraak: inbreng wacht op u", "Er wacht inbreng tot u deze zichtbaar maakt."},
	"markering": {"Ruggespraak: een tekst is verborgen", "Een collega vraagt u naar een tekst te kijken. De tekst is nu verborgen."},
	// inbreng, for who wrote or recognised it
	"teruggestuurd": {"Ruggespraak: uw inbreng is terug bij u", "CoMensha vraagt u om uw inbreng aan te passen."},
	"opnieuw":       {"Ruggespraak: inbreng is aangepast", "Inbreng die u herkende, is aangepast en opnieuw ingediend."},
	"bijeen":        {"Ruggespraak: uw inbreng staat bij andere inbreng", "CoMensha heeft uw inbreng bij andere inbreng gezet."},
	"verwijderd":    {"Ruggespraak: een tekst is verwijderd", "CoMensha heeft een tekst van u verwijderd."},
	"verder":        {"Ruggespraak: mag dit verder dan u koos?", "CoMensha vraagt of uw inbreng verder mag dan u koos."},
	"antwoord":      {"Ruggespraak: antwoord op uw inbreng", "Er is een antwoord op uw inbreng, of op inbreng die u herkende."},
	"correctie":     {"Ruggespraak: een antwoord is gecorrigeerd", "Een eerdere terugkoppeling is gecorrigeerd."},
	"effect":        {"Ruggespraak: merkt u verschil?", "Wij vragen u of het in uw werk nu beter gaat."},
	// bundels
	"bundel":             {"Ruggespraak: een nieuwe bundel", "Er staat een bundel voor u klaar."},
	"bundel-ingetrokken": {"Ruggespraak: een bundel is ingetrokken", "Een bundel die u kreeg, is ingetrokken. U leest daar de reden."},
	"goedkeuren":         {"Ruggespraak: een bundel wacht op u", "Er wacht een bundel op een tweede lezer."},
	"bundel-goedgekeurd": {"Ruggespraak: een bundel is goedgekeurd", "Een bundel is goedgekeurd en kan worden vastgesteld."},
	"bundel-antwoord":    {"Ruggespraak: antwoord op een bundel", "Er is een antwoord vastgesteld op een punt van een bundel."},
	"bundel-niets":       {"Ruggespraak: niets te sturen", "Er is over deze periode niets om aan u te sturen."},
	"herinnering":        {"Ruggespraak: een antwoord laat op zich wachten", "Er wacht een bundel al lang op antwoord."},
	// kennisbank
	"kennis-goedkeuren": {"Ruggespraak: een tekst wacht op u", "Er wacht een tekst voor de kennisbank op goedkeuring."},
	"kennis-terug":      {"Ruggespraak: uw tekst is terug bij u", "De voorzitter vraagt u een tekst voor de kennisbank aan te passen."},
	"kennis-controle":   {"Ruggespraak: klopt dit nog?", "Er zijn teksten in de kennisbank die u moet controleren."},
	// reacties
	"reacties": {"Ruggespraak: er is op u gereageerd", "Er zijn reacties voor u. U leest ze bij Berichten."},
	// overleggen
	"overleg":  {"Ruggespraak: een overleg", "Er staat een overleg voor u klaar, of een overleg is veranderd."},
	"voorstel": {"Ruggespraak: voorstel voor de agenda", "Er is een voorstel voor een agendapunt."},
}

// Kinds lists the kinds that can be sent, sorted.
func Kinds() []string { return slices.Sorted(maps.Keys(kinds)) }

// Subject is the subject of a kind of mail; of an unknown kind it is an error.
func Subject(kind string) (string, error) {
	t, ok := kinds[kind]
	if !ok {
		return "", fmt.Errorf("mail of unknown kind %q", kind)
	}
	return t.subject, nil
}

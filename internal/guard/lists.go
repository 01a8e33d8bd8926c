package guard

import (
	"embed"
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

//go:embed data/*.txt
var dataFiles embed.FS

// lists holds the maintained word lists. It is read once and never changed.
type lists struct {
	bodies        []string
	capitals      []string
	organisations []string
	firstNames    words // in lower case
	nameWords     words // first names that are also Dutch words
	surnames      words
	places        map[string]bool // places and regions in lower case
	wide          map[string]bool // provinces, police units, the four largest cities
	towns         map[string]bool // larger towns: not a small place
	villages      map[string]bool // places, not regions
	abbreviations map[string]bool
	common        map[string]bool
	notStreets    map[string]bool
	twoLetters    map[string]bool
	twoCapitals   map[string]bool
	plainCaps     map[string]bool
	particles     map[string]bool
	nationalities map[string]bool
	placeWords    map[string]bool // places that are ordinary words as well
	placeStarts   map[string]bool // those that often open a sentence
	otherPhrases  *phraseSet      // organisations, places and countries of several words
	bodyPhrases   *phraseSet      // bodies, laws and titles alone
	capitalSet    *phraseSet
	orgPhrases    *phraseSet
	adjectives    map[string]bool // of provinces and towns
	ordinaryName  map[string]bool // names of organisations that are ordinary words as well
}

// words is a sorted list.
type words []string

// has looks a word up, as it is and without its accents.
func (w words) has(s string) bool {
	if w.hasExactly(s) || !ascii(s) && w.hasExactly(bare(s)) {
		return true
	}
	one, other, both := strings.Cut(s, "-") // «anne-marie»
	return both && w.has(one) && w.has(other)
}

func (w words) hasExactly(s string) bool {
	i := sort.SearchStrings(w, s)
	return i < len(w) && w[i] == s
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// bare takes the accents of letters away: «özdemir» to «ozdemir», «wójcik» to «wojcik».
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == 'ł':
			return 'l'
		case r == 'đ' || r == 'ð':
			return 'd'
		case r == 'ø':
			return 'o'
		}
		return r
	}, norm.NFD.String(s))
}

var loadLists = sync.OnceValue(func() *lists {
	l := &lists{
		bodies:        lines("bodies"),
		capitals:      lines("capitals"),
		organisations: lines("organisations"),
		firstNames:    lines("first_names"),
		nameWords:     lines("first_names_words"),
		surnames:      lines("surnames"),
		places:        map[string]bool{},
		wide:          map[string]bool{},
		villages:      map[string]bool{},
		towns:         lowerSet(largerTowns),
		abbreviations: setOf(abbreviationWords),
		common:        setOf(commonWords),
		notStreets:    setOf(notStreetWords),
		twoLetters:    setOf(twoLetterWords),
		twoCapitals:   setOf(twoCapitalWords),
		plainCaps:     setOf(plainCapitals),
		particles:     setOf("van de der den het ten ter te 't el al ben bin ibn bint da dos do di du del la le von zu aan in op uit der af abu ould ait"),
		nationalities: setOf(nationalityWords),
	}
	sort.Strings(l.firstNames)
	sort.Strings(l.nameWords)
	sort.Strings(l.surnames)
	for _, p := range lines("places") {
		l.places[lower(p)] = true
		l.villages[lower(p)] = true
	}
	for _, p := range lines("regions") {
		name, isWide := strings.CutPrefix(lower(p), "*")
		l.places[name] = true
		delete(l.villages, name)
		if isWide {
			l.wide[name] = true
		}
	}
	l.placeWords = setOf(placeWordList)
	l.placeStarts = setOf(placeStartWords)
	l.bodyPhrases = newPhraseSet(l.bodies)
	l.orgPhrases = newPhraseSet(l.organisations)
	l.capitalSet = newPhraseSet(l.capitals)
	l.adjectives = setOf(placeAdjectives)
	l.ordinaryName = setOf(ordinaryNames)
	l.otherPhrases = newPhraseSet(l.organisations, l.longPlaces(), strings.Split(countryPhrases, ","))
	return l
})

// capitalsAt gives how many words from the first are an expression with capitals.
func (l *lists) capitalsAt(ws []string) int { return l.capitalSet.at(ws) }

// longPlaces are the places of more than one word.
func (l *lists) longPlaces() []string {
	var out []string
	for p := range l.places {
		if strings.Contains(p, " ") {
			out = append(out, p)
		}
	}
	sort.Strings(out)
	return out
}

// village says that a name is a place of the list that is no region, and small enough.
func (l *lists) village(lowered string) bool { return l.places[lowered] && l.villages[lowered] }

func lines(name string) []string {
	raw, err := dataFiles.ReadFile("data/" + name + ".txt")
	if err != nil {
		panic(err) // a file that is compiled in
	}
	var out []string
	for line := range strings.Lines(string(raw)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

func lowerSet(commaList string) map[string]bool {
	m := map[string]bool{}
	for p := range strings.SplitSeq(commaList, ",") {
		m[lower(strings.TrimSpace(p))] = true
	}
	return m
}

func (l *lists) firstName(lowered string) bool {
	return l.firstNames.has(lowered) || l.nameWords.has(lowered)
}

func (l *lists) surname(lowered string) bool { return l.surnames.has(lowered) }

// placeName says that a word in lower case is a place, a region or a municipality.
func (l *lists) placeName(lowered string) bool { return l.places[lowered] }

// smallRegion is any place but provinces, police units and the four largest cities.
func (l *lists) smallRegion(lowered string) bool { return l.places[lowered] && !l.wide[lowered] }

// builtinPhones are numbers of organisations and of help: the directory's and the national ones.
func builtinPhones() []string {
	return []string{
		"020 626 38 00", "06 10599458", "070 361 47 47", "0592 30 63 00", "040 219 3388", "058 215 70 84",
		"055 526 92 00", "088 374 47 44", "033 448 11 86", "050 312 61 23", "06 15240136", "06 21141959",
		"073 6139225", "010 2365212", "06 41743232", "06 81521052", "0475 359947",
		"070 414 20 00", // Schadefonds Geweldsmisdrijven
		"088 043 04 30", // IND
		"070 340 79 11", // Rijksoverheid, ministeries
		"088 787 10 00", // Raad voor Rechtsbijstand
		"070 373 83 93", // VNG
		"088 699 40 00", // Openbaar Ministerie
		"088 715 71 00", // COA
		"020 760 08 09", // FairWork
		"088 662 84 91", // Perspectief Herstelbemiddeling
	}
}

// builtinMailDomains are mail domains of organisations in the chain.
func builtinMailDomains() []string {
	return strings.Fields("comensha.nl hvoquerido.nl shopdenhaag.nl ggddrenthe.nl lumenswerkt.nl fier.nl meeveluwe.nl moviera.nl mjd.nl humanitas.nl stichtinghumanitas.nl koraal.nl fairwork.nu fairworkcentrum.nl slachtofferhulp.nl schadefonds.nl ind.nl politie.nl om.nl minjenv.nl minvws.nl minszw.nl minbzk.nl rijksoverheid.nl nlarbeidsinspectie.nl inspectieszw.nl vng.nl nationaalrapporteur.nl coa.nl rvr.org legerdesheils.nl veiligthuis.nl kadera.nl mindef.nl halt.nl nidos.nl hetccv.nl wegwijzermensenhandel.nl")
}

// Words in lower case, each list for one rule.
const (
	notStreetWords  = "gerechtshof hof voorhof kerkhof binnenhof arbeidsmarkt woningmarkt huizenmarkt zorgmarkt supermarkt drugsmarkt seksmarkt huurmarkt vakantiepark bungalowpark recreatiepark chaletpark wagenpark stappenpad leerpad groeipad voetpad fietspad zorgpad ontwikkelpad snelweg rijksweg omweg uitweg aanweg bijweg werkweg spoorweg halverwege onderweg weg straat vlieghaven marktplaats hoofdweg afweg middenweg tussenweg leerweg vluchtweg uitvalsweg toegangsweg provincialeweg autoweg haalweg parkeerplein schoolplein industriepark bedrijvenpark bedrijventerrein pretpark sportpark park themapark kamp gasthof jachthof wal markt plein overstap doolhof bischof tegendijk dijk deltadijk zeedijk winterdijk woonstraat winkelstraat achterstraat zijstraat eenrichtingsstraat klimaatpad opleidingspad hulpweg bezwaarweg rechtsweg zorgweg eigenweg geldmarkt banenmarkt informatiemarkt kerstmarkt kapitaalmarkt woonwagenpark"
	twoLetterWords  = "de en is in op of er om al te ze we je na zo an be da du ex ge ha he hi ho ik ja jl la me ne nu oh on ons pa si st su tv uw wc xi km kg kb mb gb tb ml dl cl cm mm kw mw gw hz pk bv nv jr sr ii dr mr ds ir nr pg vs eu vn ca pp pj nl ct mg ha ft lb m2 ma di wo do vr za zo uu kv ok af au bs el em"
	twoCapitalWords = "OM EU VN NR NL HR MO BV VS KB TK EK UK SR SV ZM RM BW VT CZ NV EG PI AI IT TV ZZ GZ GI PG HA CV KG RV EP EC EK OR OV BZ FG HB WO VO MBO"
	commonWords     = "aan aanbod account accounts achter advertentie advertenties alle alleen als ander andere anders app apps beide bekend beheer bericht berichten bij bijvoorbeeld binnen biedt bieden blijft blijven buiten chat chatten client cliënt cliënten collega contact daar daarna daarom daders dan dat deze die dit doen door doorverwijzen drugs duidelijk echt eerst een eigen elkaar elke en enkele er even extra fake foto foto's gaan gaat gebruik gebruiken gebruikt gebruikte geen gegevens geld gemaakt gemeente geronseld geworven gezien groep groepen haar hebben heeft helaas helpt het hetzelfde hier hierdoor hij hoe hulp huis iemand iets ik in inmiddels is ja jeugd jongen jongens jongeren kan kanaal kanalen kinderen komen komt krijgen kunnen kwam lastig leerlingen lijkt maar maken man mannen meer meest meestal meisje meisjes melden melding meldingen mensen met minder minderjarigen moeten mogelijk naar namen neemt net niet niets nieuw nieuwe nog nooit nu of om ons ook onbekend onder onderzoek online op opgenomen opsporing over ouders per personen platform platforms plek politie privé profiel profielen reclame regio ronselaars ronselen ronseling samen scholen seksueel sinds slachtoffer slachtoffers slecht snel social sociale soms staan staat steeds stuurde sturen tegen terug tieners toen tot tussen twee uit uitbuiting vaak van vanaf vanuit veel veilig verder verkeerd verschillende verwijderd verzoek via video's vinden vindt voor vooral vrijwel vrouw vrouwen waar waarbij waardoor waarop wanneer was wat weer wel wellicht welke werd werden werft werken werkt werving wervingskanaal wij wil willen worden wordt zag zelf zich zie zien ziet zij zijn zoals zonder zowel zorg zullen aangemaakt account-naam geblokkeerd gevonden gehackt gehackte genoemd verborgen anoniem privacy toegang wachtwoord inloggen verplicht nodig onduidelijk hulpverleners jongere signaal signalen school gesprek gesprekken afspraken afspraak werk organisatie organisaties tegenwoordig eigenlijk officieel voortaan voorheen vroeger intussen"
	largerTowns     = "Alkmaar,Almelo,Almere,Almere Stad,Almere Haven,Alphen aan den Rijn,Amersfoort,Amstelveen,Apeldoorn,Arnhem,Assen,Barendrecht,Barneveld,Bergen op Zoom,Berkel en Rodenrijs,Beverwijk,Bilthoven,Breda,Brunssum,Bussum,Capelle aan den IJssel,Castricum,Culemborg,Delft,Delfzijl,Den Helder,Deventer,Diemen,Doetinchem,Dordrecht,Drachten,Dronten,Duiven,Ede,Eindhoven,Emmeloord,Emmen,Enschede,Etten-Leur,Geldrop,Geleen,Gorinchem,Gouda,Groningen,Haarlem,Hardenberg,Harderwijk,Heerenveen,Heerhugowaard,Heerlen,Heiloo,Hellevoetsluis,Helmond,Hendrik-Ido-Ambacht,Hengelo,'s-Hertogenbosch,Den Bosch,Hilversum,Hoofddorp,Hoogeveen,Hoogezand,Hoorn,Houten,Huizen,IJmuiden,IJsselstein,Kampen,Katwijk,Kerkrade,Krimpen aan den IJssel,Landgraaf,Leeuwarden,Leiden,Leiderdorp,Leidschendam,Lelystad,Leusden,Lisse,Maassluis,Maastricht,Meppel,Middelburg,Naaldwijk,Nieuwegein,Nijkerk,Nijmegen,Nijverdal,Oldenzaal,Oosterhout,Oss,Papendrecht,Purmerend,Raalte,Ridderkerk,Rijswijk,Roermond,Roosendaal,Schiedam,Schijndel,Sittard,Sliedrecht,Sneek,Soest,Spijkenisse,Stadskanaal,Steenwijk,Terneuzen,Tiel,Tilburg,Uden,Uithoorn,Valkenswaard,Veendam,Veenendaal,Veghel,Veldhoven,Velp,Venlo,Venray,Vlaardingen,Vlissingen,Volendam,Voorburg,Voorschoten,Vught,Waalwijk,Waddinxveen,Wageningen,Wassenaar,Weert,Wijchen,Winschoten,Winterswijk,Woerden,Zaandam,Zaanstad,Zeist,Zevenaar,Zoetermeer,Zutphen,Zwijndrecht,Zwolle,Goes,Boxtel,Best,Dongen,Deurne,Nuenen,Rosmalen,Goirle,Cuijk,Boxmeer,Zundert,Krimpen,Bodegraven,Nieuw-Vennep,Schagen,Enkhuizen,Medemblik,Bergen,Heemskerk,Heemstede,Aalsmeer,Weesp,Maarssen,Breukelen,De Bilt,Baarn,Bunschoten,Spakenburg,Rhenen,Wijk bij Duurstede,Ermelo,Putten,Nunspeet,Epe,Elst,Bemmel,Groesbeek,Renkum,Rheden,Westervoort,Lochem,Borculo,Rijssen,Borne,Haaksbergen,Losser,Franeker,Harlingen,Dokkum,Joure,Gorredijk,Wolvega,Haren,Roden,Coevorden,Noordwijk,Hillegom,Sassenheim,Oegstgeest,Pijnacker,Bleiswijk,Rozenburg,Brielle,Oud-Beijerland,Zierikzee,Hulst,Oostburg,Kapelle,Tholen,Halsteren,Zevenbergen,Oudenbosch,Panningen,Horst,Echt,Stein,Beek,Valkenburg,Heerlerheide,Hoensbroek,Urk"
	placeWordList   = "achterhoek achterveld achtmaal amen anderen asten axel baak baard baars bakhuizen balk balkbrug bant beek bergen best beugen blije blokker boekel boer bollenstreek bontebok borger braamt broek broekland buitenpost buren dalem dalen dieren dijken donderen dongen doorn dorst dreumel driewegen duiven duizel echt echten een ens enter epen erica est gasteren gauw gemonde gieten glimmen goor graft grave groede groet haler halfweg hall handel hank hapert haren hee heel heibloem heide heikant hekelingen helden hem hemmen herten heuvelland hoek hoeven holten hoofdplaat hoogland hoorn hoornaar horn horst houten houwerzijl huizen hulsel hulst ijlst indijk kaag kaard kamperveen kempen klimmen landgraaf laren leek leende lemmer leunen leur lieren lies lijnden linde linden loenen loon losser made malden marken meeuwen meierij meppen middelaar mijnstreek molenhoek monster neer nes nieuwkoop noordeinde noorden noordhoek nutter opende oranje overloon overslag peel peest peins persingen petten plasmolen putte putten randstad reek rekken retranchement ried rijen rijs rivierenland roden rolde roosteren ruinen schijf sloten sluis smakt soest spanbroek spankeren spier spijk spijkerboor spui stedendriehoek sterksel stevensweert stuifzand tegelen tolkamer tonden tuil tuk uitwijk vallei veen veenkoloniën velden veulen vijlen voorst vries vuren waal waarde waarder waddeneilanden wateren watergang wateringen wedde weert westhoek wetering wier wierden wijnbergen wijngaarden winde winkel woudbloem wouw zandberg zegge zetten zoelen zuidoost"
	placeAdjectives = "zwolse amsterdamse rotterdamse haagse utrechtse groningse groninger leeuwarder friese drentse overijsselse twentse sallandse gelderse arnhemse nijmeegse apeldoornse achterhoekse veluwse flevolandse almeerse noord-hollandse zuid-hollandse haarlemse alkmaarse leidse delftse dordtse goudse zeeuwse middelburgse vlissingse brabantse noord-brabantse west-brabantse oost-brabantse tilburgse eindhovense bredase helmondse bossche limburgse zuid-limburgse noord-limburgse maastrichtse venlose heerlense roermondse sittardse enschedese hengelose almelose deventer amersfoortse hilversumse gooise zaanse purmerendse hoornse texelse westlandse rijnmondse haaglandse kempische peelse betuwse"
	ordinaryNames   = "karakter horizon belle spirit spine prisma traverse springplank"
	placeStartWords = "amen anderen balk best beek bergen blije boer broek buren dalen dieren dijken donderen doorn dorst een echt est enter gauw groet grave handel halfweg heel heide helden hem herten hoek hoeven hoorn horst houten huizen klimmen leek leur lies linde linden loon made marken meeuwen monster neer noorden oranje overslag peins putten reek rijen roden ruinen schijf sloten sluis spier spui tonden uitwijk veen velden veulen waal waarde wateren watergang wedde wetering westhoek wier wijngaarden winkel winde zegge zetten"
)

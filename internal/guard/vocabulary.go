package guard

import (
	"strings"
)

// nameLike judges the row of words i to j.
func (sc *scan) nameLike(ts []token, i, j int) bool {
	l, head, tail := sc.g.lists, ts[i], ts[j]
	particle := j > i+1 && !ts[j-1].cap
	if head.caps != tail.caps && (head.caps || tail.caps) || len(head.low) < 2 {
		return false
	}
	if head.caps {
		return l.firstName(head.low) && l.surname(tail.low) && !l.plainCaps[tail.low]
	}
	given := l.firstNames.has(head.low) || l.nameWords.has(head.low) && !head.first && (particle || l.surname(tail.low) && !institution(tail.low))
	if sc.cannotBeSurname(tail.low, particle, given) {
		return false
	}
	switch {
	case given:
		return true
	case l.nameWords.has(head.low):
		return !head.first || particle || l.surname(tail.low)
	case head.first:
		return false
	case l.plainCaps[head.low] || institution(head.low) || l.nationalities[head.low] || l.adjectives[head.low] || l.placeName(head.low) || l.particles[head.low]:
		return false
	}
	return !describes(head.low)
}

// describes says that a word ends as adjectives and words for groups do: «Openbare», «Dokters».
func describes(w string) bool {
	return len(w) > 5 && describing.MatchString(w)
}

var describing = compiled(`(?:bare|ische|elijke|ale|aire|ieve|loze|rijke|ende|ers|eurs|isten|anten|enten|oren|gen|den|ten)$`)

// cannotBeSurname judges the last word of a row; behind a given name a colour or a village may be one.
func (sc *scan) cannotBeSurname(w string, particle, given bool) bool {
	l := sc.g.lists
	if l.nationalities[w] || l.wide[w] && !particle {
		return true
	}
	if l.surname(w) && (given || !l.plainCaps[w]) {
		return false
	}
	return l.plainCaps[w] || institution(w) || l.placeName(w) && !particle
}

// institution says that a word ends as names of bodies, laws and papers do.
func institution(w string) bool {
	for _, e := range institutionEnds {
		if len(w) >= len(e) && strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

var institutionEnds = strings.Fields("ing ingen heid heden schap schappen atie aties dienst diensten raad raden wet wetten wetboek fonds fondsen huis huizen centrum centra zorg hulp recht rechten instelling protocol overleg programma team teams iteit isch ische elijk elijke handel smokkel uitbuiting politie ministerie gemeente gemeenten regio provincie netwerk platform project groep groepen bureau loket punt punten kaart plan plannen brief nota notitie rapport monitor verdrag richtlijn verordening circulaire akkoord convenant congres dag dagen week maand jaar school college universiteit academie instituut stichting vereniging bond bank kamer hof rechtbank parket inspectie autoriteit commissie coördinator coördinatoren coördinatie regisseur officier rapporteur adviseur manager directeur voorzitter secretaris minister staatssecretaris burgemeester wethouder slachtoffer slachtoffers opvang wijk wijken buurt hotel park lijn tijd werk beleid aanpak model methode training conferentie bijeenkomst tafel agenda bijlage hoofdstuk paragraaf artikel")

// initialAbbreviation says that letters with points are no initials: «O.M.», «B.V.», «t.a.v.».
func (l *lists) initialAbbreviation(s string) bool {
	switch strings.ReplaceAll(s, " ", "") {
	case "o.m.", "b.v.", "n.v.", "v.s.", "e.u.", "v.n.", "a.v.g.", "v.o.f.", "u.k.", "h.b.o.", "m.b.o.", "i.n.d.", "c.o.a.", "v.n.g.", "g.g.d.", "g.g.z.", "n.b.", "p.s.", "p.m.", "a.m.", "z.o.z.", "d.d.", "n.a.v.", "i.v.m.", "m.b.t.", "t.a.v.", "d.m.v.", "o.a.", "a.u.b.", "s.v.p.", "r.v.s.", "s.o.m.", "j.l.", "a.s.", "i.c.", "h.r.", "t.f.", "s.z.w.", "v.w.s.":
		return true
	}
	return false
}

const plainCapitals = "de het een dit dat deze die er en of als maar want dus bij in op aan met voor van naar over onder uit tot om door na sinds per tijdens volgens zonder binnen buiten tussen tegen wij we ik u zij hij ze jij je men wie wat waar wanneer hoe waarom veel alle elke sommige enkele geen niet ook nog nu dan daar hier soms vaak steeds wel meer minder " +
	"maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei juni juli augustus september oktober november december " +
	"stichting vereniging gemeente gemeenten provincie provincies ministerie ministeries politie rechtbank gerechtshof hof wet besluit regeling raad rijk commissie college dienst bureau centrum inspectie team programma project handreiking leidraad landelijk landelijke nationaal nationale regionaal regionale lokaal lokale gemeentelijke noord oost zuid west noordelijk zuidelijk midden nieuw nieuwe oude oud grote groot kleine klein sociaal sociale algemeen algemene centraal centrale bestuur bestuurlijk bestuurlijke " +
	"mensenhandel mensensmokkel uitbuiting zorg veiligheid justitie onderwijs jeugd jeugdzorg opvang overleg slachtoffer slachtoffers slachtofferhulp zorgcoördinator zorgcoördinatoren zorgcoördinatie coördinator ketenregisseur regio regios politieregio eenheid veiligheidshuis wijkteam wijkteams kabinet minister staatssecretaris burgemeester wethouder voorzitter secretaris secretariaat directeur adviseur projectleider beleidsmedewerker officier rapporteur advocaat tolk agent rechercheur begeleider cliënt cliënten client clienten vrouw man jongen meisje mevrouw meneer heer dhr mw drs dr mr ir ing prof familie " +
	"bijlage hoofdstuk paragraaf artikel punt deel fase stap tabel figuur optie scenario variant route spoor thema onderwerp agenda agendapunt verslag inleiding inhoud samenvatting conclusie doel doelgroep tijd soort trekker opening sluiting rondvraag lunch pauze terugkoppeling vooruitblik gast knelpunt knelpunten trend trends idee ideeën succes besluit actie informatie bundel titel tekst vraag antwoord reden advies ja nee dank dankzij graag let " +
	"wmo avg brp bsn b8 b9 ind coa om ggd ggz vng jenv vws szw som azc amv riec kmar avim europa europees europese nederland nederlands nederlandse internationaal internationale huis hotel school dorp stad wijk straat weg plein haven station luchthaven schiphol ziekenhuis kliniek praktijk kantoor loket meldpunt expertisecentrum kenniscentrum hulpverlening maatschappelijke maatschappelijk werk jongeren jongerenwerk welzijn bescherming kinderen kinder kind gezin ouders mensen kerk kerken moskee god allah bijbel koran internet online website app teams zoom whatsapp instagram facebook snapchat telegram tiktok google microsoft apple samsung android iphone windows excel word outlook " +
	"mijn onze uw hun haar zijn beste geachte hoi hallo hartelijke groet groeten vriendelijke aandacht belangrijk conceptnotitie concept definitief versie stand datum plaats locatie adres telefoon mail kosten budget subsidie financiering wonen inkomen onderdak schulden uitkering bijstand werkgever werkgevers uitzendbureau uitzendbureaus arbeid arbeidsuitbuiting horeca tuinbouw bouw landbouw seksuele seksueel criminele crimineel online kwetsbare vreemdeling vreemdelingen asiel migratie verblijf verblijfsrecht strafrecht aangifte bedenktijd vervolging sepot rapport monitor cijfers onderzoek kennis kennisbank scholing training expertmeeting werkgroep task force taskforce strategisch strategische samen samenwerking signaal signalen integraal integrale aanpak categorale beschermd begeleid veilig veilige thuis leger rode kruis dublin protocol " +
	"national international referral mechanism safe future council house street global human rights trafficking anti slavery foundation centre center office department research institute report network project support child children women youth health care work legal aid network coach coaching buddy job strafbare feiten feit specialistische modernisering verkeer digitaal digitale open gesloten vrij vrije gezond gezonde beter betere sterk sterke kracht toekomst kans kansen hoop licht ster brug anker haven hart huizen poort toren berg bos zee water vuur wind zon blauw blauwe rood rode groen groene wit witte zwart zwarte geel gele oranje goud gouden zilver zilveren eerste tweede derde vierde vijfde zesde categorie protocollen verklaring verdragen modellen post strada media social digital black friday big data openbare orde jurist psycholoog arts hulpverlener mentor voogd bewindvoerder docent rechter griffier notulist casemanager jongerenwerker medewerker domein dokters wereld"

const nationalityWords = "afghaan afghaans afghaanse afghanistan albanees albanese albanië albanezen algerije algerijn algerijns algerijnse algerijnen amerikaan amerikaans amerikaanse angola angolees angolese arabisch arabische arabier argentijns argentijnse argentinië armeens armeense armenië azerbeidzjan azerbeidzjaans azerbeidzjaanse bangladesh bengaals bengaalse bengalese bangladese belarus belg belgisch belgische belgië bolivia boliviaans boliviaanse bosnië bosnisch bosnische braziliaan braziliaans braziliaanse brazilianen brazilië brit brits britse bulgaar bulgaars bulgaarse bulgaren bulgarije burkina burundi burundees burundese cambodja cambodjaans cambodjaanse cameroen chileens chileense chili chinees chinese chinezen china colombia colombiaan colombiaans colombiaanse colombianen congo congolees congolese congolezen cuba cubaan cubaans cubaanse cubanen cyprus deen deens deense dominicaan dominicaans dominicaanse duits duitse duitser duitsland ecuador ecuadoraans egypte egyptenaar egyptisch egyptische engels engelse engeland eritrea eritreeër eritreeërs eritrees eritrese est estland estlands ethiopië ethiopiër ethiopisch ethiopische filipijn filipijnen filipijns filipijnse filipina filipino fins finse finland frans franse frankrijk gambia gambiaan gambiaans gambiaanse georgië georgiër georgisch georgische ghana ghanees ghanese ghanezen griek grieks griekse griekenland guinee guinees guineese guyaans guyana haïti hongaar hongaars hongaarse hongaren hongarije hongaarsen ier iers ierse ierland india indiaas indiase indiër indonesië indonesisch indonesische irak iraaks iraakse irakees irakezen iran iraniër iraans iraanse israël israëlisch italiaan italiaans italiaanse italië ivoorkust ivoriaan ivoriaans ivoriaanse jamaica jamaicaans jamaicaanse japan japans japanse jemen jemenitisch jordaans jordanië joegoslavisch kameroen kameroens kameroense kameroener kaapverdië kaapverdisch kaapverdische kazachs kazachstan kenia keniaan keniaans keniaanse koerd koerdisch koerdische koerden kosovo kosovaar kosovaars kosovaarse koeweit kroaat kroatië kroatisch kroatische laos lets letse letland letten libanees libanese libanon liberia liberiaan liberiaans liberiaanse libië libisch libische litouwen litouwer litouws litouwse macedonië macedonisch macedonische malawi maleisië maleisisch mali malinees malinese marokko marokkaan marokkaans marokkaanse marokkanen mauritanië mexicaan mexicaans mexicaanse mexico moldavië moldaaf moldavisch moldavische mongolië mongools mongoolse montenegro mozambique myanmar nepal nepalees nepalese nigeria nigeriaan nigeriaans nigeriaanse nigerianen niger noors noorse noorwegen oeganda oegandees oegandese oekraïne oekraïens oekraïense oekraïner oekraïners oezbeeks oezbeekse oezbekistan oostenrijk oostenrijks oostenrijkse pakistan pakistaan pakistaans pakistaanse pakistanen palestijn palestijns palestijnse palestina paraguay paraguayaans peru peruaan peruaans peruaanse polen pool pools poolse poolsen portugal portugees portugese portugezen roemeen roemeens roemeense roemenen roemenië rus russisch russische rusland rwanda rwandees rwandese saoedi senegal senegalees senegalese servië servisch servische serviër sierra sierraleoons slowaak slowaaks slowaakse slowaken slowakije sloveen sloveens sloveense slovenië soedan soedanees soedanese somali somaliër somaliërs somalisch somalische somalië spaans spaanse spanjaard spanje sri srilankaans surinaams surinaamse suriname surinamer syrië syriër syriërs syrisch syrische tadzjikistan taiwan taiwanees tanzania tanzaniaans tanzaniaanse thai thais thaise thailand tigrinya togo togolees togolese tsjaad tsjech tsjechisch tsjechische tsjechië tsjetsjeens tunesië tunesiër tunesisch tunesische turk turken turks turkse turkije uganda ugandees ugandese uruguay venezolaan venezolaans venezolaanse venezuela vietnam vietnamees vietnamese vietnamezen zambia zambiaans zambiaanse zimbabwaans zimbabwaanse zimbabwe zuid-afrika zuid-afrikaans zuid-afrikaanse zweed zweeds zweedse zweden zwitsers zwitserse zwitserland roma sinti antilliaan antilliaans antilliaanse curaçao curaçaos curaçaose aruba arubaans arubaanse afrika afrikaan afrikaans afrikaanse azië aziaat aziatisch aziatische west-afrikaans west-afrikaanse oost-europees oost-europese oost-europa west-afrika latijns-amerika latijns-amerikaans latijns-amerikaanse"

// countryPhrases are names of countries of more than one word.
const countryPhrases = "Sierra Leone,Burkina Faso,Sri Lanka,Saoedi-Arabië,Saudi Arabië,Verenigde Staten,Verenigd Koninkrijk,Verenigde Arabische Emiraten,Dominicaanse Republiek,Costa Rica,El Salvador,Noord-Macedonië,Zuid-Korea,Noord-Korea,Zuid-Soedan,Zuid-Afrika,Guinee-Bissau,Guinea-Bissau,Democratische Republiek Congo,Hong Kong,Nieuw-Zeeland,Bosnië en Herzegovina,Sint Maarten,Kaapverdië,Trinidad en Tobago,Papoea-Nieuw-Guinea,Costa del Sol,New York,San Marino,Abu Dhabi,Addis Abeba,Buenos Aires,Benin City,Benin Stad"

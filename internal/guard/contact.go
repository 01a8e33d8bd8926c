package guard

import (
	"strings"
)

// Rules about reaching somebody.
const (
	RuleMail    = "e-mail"
	RuleAccount = "account"
	RuleHandle  = "gebruikersnaam"
)

const topLevels = `(?:nl|com|be|de|org|net|eu|info|me|ro|pl|hu|bg|io|email|amsterdam|frl|co\.uk|gov|edu|ru|es|fr|it|uk|ng|vn)`

var (
	mailPlain  = compiled(`[a-z0-9._%+'-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24}`)
	mailHidden = compiled(`\b([a-z0-9._%+-]{1,64}) ?(?:@|[\[({] ?(?:at|apenstaartje|@) ?[\])}]| apenstaartje | at ) ?([a-z0-9-]+(?: ?(?:\.|[\[({] ?(?:dot|punt|\.) ?[\])}]| punt | dot ) ?[a-z0-9-]+){0,3} ?(?:\.|[\[({] ?(?:dot|punt|\.) ?[\])}]| punt | dot ) ?` + topLevels + `)\b`)
	mailRole   = compiled(`^(?:info|contact|postbus|inbox|secretariaat|bureau|receptie|balie|post|mail|redactie|administratie|support|help|helpdesk|hulp|meld|melding|meldingen|meldpunt|aanmelding|aanmelden|aanmeldingen|zorgcoordinatie|zorgcoordinator|zorgcoordinatoren|mensenhandel|opvang|advies|klacht|klachten|privacy|fg|avg|pers|communicatie|training|scholing|registratie|planning|team|wijkteam|loket|servicedesk|service|noreply|no-reply|sales|office|algemeen|gemeente|politie|vragen|vraag|slachtoffers?|veiligthuis|backoffice|frontoffice|hr|kwaliteit|projecten|coordinatie)(?:[._+-].*)?$`)
	mailHome   = compiled(`^(?:gmail|googlemail|hotmail|live|outlook|msn|yahoo|icloud|me|proton|protonmail|gmx|ziggo|kpnmail|kpnplanet|planet|hetnet|home|xs4all|upcmail|casema|chello|quicknet|solcon|telfort|tele2|zonnet|caiway|telenet|skynet)\.`)
	mailDots   = compiled(` ?(?:[\[({] ?(?:dot|punt|\.) ?[\])}]| punt | dot ) ?| ?\. ?`)

	webAddress  = compiled(`\b(?:https?://|www\.)[^\s\x01<>"]+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:nl|com|be|de|org|net|eu|info|me|tv|gg|social)/[^\s\x01<>"]+`)
	profileSite = compiled(`(?:^|[/.])(?:instagram|snapchat|facebook|fb|m\.facebook|messenger|tiktok|twitter|x|linkedin|telegram|t|wa|onlyfans|fansly|discord|discordapp|vk|kik|pinterest|twitch|youtube|reddit|threads|bsky|tumblr|snap|linktr|badoo|tinder|kinky|sexjobs|seksjobs|hookers|speurders|chaturbate|skype|viber|signal)\.(?:com|nl|me|tv|gg|ee|app|net|org|social|be|ru)/+(?:[^\s]*[a-z0-9@][^\s]*)$`)
	publicPath  = compiled(`/(?:watch|help|policy|policies|legal|about|privacy|hashtag|explore|search|company|school|groups|events|jobs|business|safety|newsroom|share|feed)\b`)
	publicSite  = compiled(`(?:overheid|rechtspraak|officielebekendmakingen|rijksoverheid|wegwijzermensenhandel|comensha|tweedekamer|eerstekamer|nationaalrapporteur|europa|ind|politie|om|vng|cbs|wodc|legerdesheils|fairwork|slachtofferhulp|schadefonds|raadsleden|ggd|gemeente[a-z-]*)\.(?:nl|eu|org)(?:[/:?#]|$)`)
)

// mails finds mail addresses, also written with «at» and «punt». Those of registered organisations and of
// a desk (info@) are a hint; at a provider for households a desk is somebody's own.
func (sc *scan) mails() {
	sc.each(mailPlain, func(a, b int) {
		name, domain, _ := strings.Cut(string(sc.low[a:b]), "@")
		sc.mail(a, b, name, domain)
	})
	sc.eachIndex(mailHidden, func(m []int) {
		name := string(sc.low[m[2]:m[3]])
		sc.mail(m[2], m[5], name, mailDots.ReplaceAllString(string(sc.low[m[4]:m[5]]), "."))
	})
}

func (sc *scan) mail(a, b int, name, domain string) {
	level := Block
	desk := mailRole.MatchString(strings.Trim(name, ".'-")) && !mailHome.MatchString(domain)
	if sc.g.knownDomain(domain) || desk {
		level = Hint
	}
	sc.add(RuleMail, level, a, b)
}

// knownDomain accepts a registered domain and what is under it.
func (g *Guard) knownDomain(domain string) bool {
	for {
		if g.mailDomains[domain] {
			return true
		}
		_, rest, ok := strings.Cut(domain, ".")
		if !ok {
			return false
		}
		domain = rest
	}
}

const networks = `instagram|\binsta\b|\big\b|snapchat|\bsnap\b|\bsc\b|telegram|tik[ -]?tok|facebook|\bfb\b|messenger|whats[ -]?app|twitter|linked[ -]?in|discord|\bsignal\b|only[ -]?fans|\bkik\b|tinder|badoo|youtube|twitch|\bvk\b|viber|wechat|reddit|bluesky|mastodon|pinterest|bereal|skype|fetlife|grindr|roblox|steam|playstation|\bpsn\b|xbox|kinky`

var (
	accountAt    = compiled(`(?:` + networks + `)[^@\x01\n]{0,40}?(@[a-z0-9_][a-z0-9_.-]{1,30})`)
	accountTail  = compiled(`(@[a-z0-9_][a-z0-9_.-]{1,30})[^@\x01\n.]{0,12}?\b(?:op|via|bij|\()[ (]?(?:haar |zijn |de |het )?(?:` + networks + `)`)
	accountFront = compiled(`([a-z0-9_.-]*[a-z][a-z0-9_.-]*)["')]{0,2}(?: (?:is|was|heet|staat|zit|stuurde|haar|zijn|de))?,? (?:op|via|bij|in|\(|haar|zijn|onze) ?(?:op |haar |zijn |de |het )?(?:` + networks + `)`)
	accountOdd   = compiled(`(?:` + networks + `)(?:[ -]?(?:account|profiel|naam|accountnaam|gebruikersnaam|nick|handle|id|user|username))?(?:[ :=("'>-]{1,4}(?:(?:is|heet|als|onder|met|naam|de|account|op|gebruikersnaam|haar|zijn|bekend|actief|genaamd|naar|via|profiel|accountnaam|met de naam|van)[ :"']{1,3}){0,5})([a-z0-9_.-]*[a-z][a-z0-9_.-]*)`)
	accountNamed = compiled(`(?:(?:` + networks + `)[a-z -]{0,3}(?:account|profiel|naam|accountnaam|gebruikersnaam|nick(?:name)?|handle|id|username)s?\b[^\x01\n.@]{0,24}?(?:: ?|"|'|\bheet |\bis |genaamd |\bals )|\b(?:gebruikersnaam|accountnaam|username|nickname|schermnaam|inlognaam)\b(?:[a-z ]{0,24})?(?:: ?|"|'| is | ))["']?([a-z0-9_.-]{3,30})`)
	accountFar   = compiled(`(?:` + networks + `)\b[^@\x01\n!?]{0,40}?[ "'(:=]([a-z0-9.-]*_[a-z0-9_.-]+|[a-z]{3,}\.[a-z][a-z.]{1,20}|[a-z]{4,}\d{2,8})\b`)
	accountColon = compiled(`(?:` + networks + `) ?: ?["']?([a-z][a-z0-9_.-]{2,30})["']?(?:[,;)]|\.? *$|\. |\n| of | en )`)
	accountKnown = compiled(`(?:` + networks + `)(?: \w+)? (?:bekend (?:als|onder)|onder de (?:naam|schuilnaam)|heet(?: (?:hij|zij|ze))?|genaamd|te vinden (?:als|onder)|actief als|met de naam)(?: de naam)? ["']?([a-z0-9_.-]{3,30})`)
	accountHash  = compiled(`\b([a-z0-9_.]{2,32}#\d{4})\b`)
	bareHandle   = compiled(`@[a-z0-9_][a-z0-9_.]{1,29}`)
)

// accounts finds profile addresses and names on a network.
func (sc *scan) accounts() {
	for _, m := range sc.all(webAddress, sc.low) {
		sc.address(m[0], m[1])
	}
	sc.each(accountAt, func(a, b int) { sc.account(a, b) })
	sc.each(accountTail, func(a, b int) { sc.account(a, b) })
	sc.each(accountFront, func(a, b int) {
		if oddName(trimDots(sc.low[a:b])) {
			sc.account(a, b)
		}
	})
	sc.each(accountOdd, func(a, b int) {
		if oddName(trimDots(sc.low[a:b])) {
			sc.account(a, b)
		}
	})
	sc.each(accountFar, func(a, b int) {
		if oddName(trimDots(sc.low[a:b])) && !sc.missedSpace(a, b) {
			sc.account(a, b)
		}
	})
	sc.each(accountHash, func(a, b int) { sc.account(a, b) })
	for _, re := range []*pattern{accountNamed, accountKnown, accountColon} {
		sc.each(re, func(a, b int) {
			if word := trimDots(sc.low[a:b]); oddName(word) || !sc.g.lists.common[word] && len(word) > 3 {
				sc.account(a, b)
			}
		})
	}
}

// missedSpace says that a word is two sentences without a space between: «benaderd.Daarna».
func (sc *scan) missedSpace(a, b int) bool {
	for i := a; i+1 < b; i++ {
		if sc.work[i] == '.' && sc.work[i+1] >= 'A' && sc.work[i+1] <= 'Z' {
			return true
		}
	}
	return false
}

func (sc *scan) account(a, b int) {
	for b > a+1 && (sc.work[b-1] == '.' || sc.work[b-1] == '-') {
		b--
	}
	if sc.g.phrases.has(strings.TrimPrefix(string(sc.low[a:b]), "@")) {
		return
	}
	sc.add(RuleAccount, Block, a, b)
}

// address judges one web address: a profile is somebody's account, a public one is hidden whole, of
// another only what looks like a number stays readable for the rules that check one.
func (sc *scan) address(a, b int) {
	for b > a && strings.IndexByte(".,;:!?)'", sc.work[b-1]) >= 0 {
		b--
	}
	text := string(sc.low[a:b])
	bare := strings.TrimPrefix(strings.TrimPrefix(text, "https://"), "http://")
	if profileSite.MatchString(strings.TrimSuffix(bare, "/")) && !publicPath.MatchString(bare) {
		sc.add(RuleAccount, Block, a, b)
		return
	}
	if publicSite.MatchString(bare) {
		sc.hide(a, b)
		return
	}
	sc.hideWords(a, b)
}

// hideWords hides all but rows of nine digits and more.
func (sc *scan) hideWords(a, b int) {
	for i := a; i < b; {
		j := i
		for j < b && isDigit(sc.work[j]) {
			j++
		}
		if j-i < 9 {
			sc.hide(i, max(j, i+1))
		}
		i = max(j, i+1)
	}
}

func trimDots(b []byte) string { return strings.Trim(string(b), ".-_") }

// oddName says that a word cannot be an ordinary one: a letter, and a digit, underscore or inner dot.
func oddName(s string) bool {
	if len(s) < 4 || strings.ContainsAny(s, "/") {
		return false
	}
	letters, digits, marks := 0, 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case isDigit(c):
			digits++
		case c == '_' || c == '.':
			marks++
		case c != '-':
			letters++
		}
	}
	return letters > 1 && (digits > 0 || marks > 0) && !abbreviated.MatchString(s)
}

var abbreviated = compiled(`^(?:[a-z]{1,2}\.)+[a-z]?$|^[a-z]+\.(?:nl|com|org|eu)$|^b[89][./]?\d?$|-|^\d+(?:e|ste|de|jarigen?|x|uur|plus|mln)$|^top\d+$|^web\d|^covid`)

// A mention of a group is nobody's name: «@iedereen».
var everyone = compiled(`^(?:iedereen|allen|alle|all|everyone|here|channel|team|groep|voorzitter|secretaris|secretariaat|coordinator(?:en)?|zorgcoordinator(?:en)?|collega|leden|redactie|beheer(?:der)?)$`)

var domainOnly = compiled(`\.` + topLevels + `$`)

// handles finds an @name that no rule before could place.
func (sc *scan) handles() {
	for _, m := range sc.all(bareHandle, sc.low) {
		a, b := m[0], m[1]
		for b > a && sc.low[b-1] == '.' {
			b--
		}
		if domainOnly.Match(sc.low[a:b]) {
			continue // «adressen op @politie.nl»
		}
		if b-a < 3 || isWordByte(sc.byteAt(a-1)) || everyone.MatchString(string(sc.low[a+1:b])) || sc.g.phrases.has(string(sc.low[a+1:b])) || countDigits(sc.work[a+1:b]) == b-a-1 {
			continue
		}
		sc.add(RuleHandle, Ask, a, b)
	}
}

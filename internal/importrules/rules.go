package importrules

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// module is the name before every package of ours.
const module = "ruggespraak/"

// ownRule says which packages of ours the packages of a pattern may import. The
// first rule whose pattern fits is the one that counts. A pattern is a package,
// or a folder with all in it when it ends in "/...".
type ownRule struct {
	of     string
	may    []string
	reason string
}

var ownRules = []ownRule{
	{"cmd/...", []string{"..."},
		"the wiring knows every adapter and every service, so that nobody else has to"},
	{"bench/hostile", []string{"internal/markdown"},
		"it writes what a browser must not run"},
	{"bench/shapes", []string{"internal/markdown"},
		"it looks for texts that are dear to render"},
	{"bench/...", []string{"store/..."},
		"it measures the port and its adapters, not the domain"},
	{"server/mail", []string{"internal/outbox", "internal/fault", "internal/clock"},
		"it sends what the outbox holds; addresses come by a function"},
	{"server/jobs", []string{"store", "internal/fault", "internal/clock"},
		"it knows functions and instants, not meetings"},
	{"server/live", nil,
		"the hub knows topics and frames, not the domain"},
	{"server", []string{"meetings/...", "knowledge/...", "people", "frontend/...", "internal/fault", "internal/clock", "internal/guard",
		"server/live", "server/jobs", "server/mail"},
		"handlers ask the domain and fill view structs; no store call and no rule about meetings stands in a handler"},
	{"meetings", []string{"people", "store", "internal/..."},
		"meetings know no sibling; contributions are ids to them"},
	{"meetings/signals", []string{"meetings/incidents", "people", "store", "internal/..."},
		"the bottom of the chain knows nothing above it"},
	{"meetings/discussion", []string{"meetings/incidents", "people", "store", "internal/..."},
		"who may take part in a topic is asked, not known"},
	{"meetings/bundles", []string{"meetings/signals", "people", "store", "internal/..."},
		"bundles are made of contributions"},
	{"meetings/insight", []string{"meetings/signals", "meetings/bundles", "people", "store", "internal/..."},
		"releases count contributions and what was sent of them"},
	{"meetings/...", []string{"people", "store", "internal/..."},
		"the domain is free of technology: no server, no adapter, no page"},
	{"knowledge/...", []string{"knowledge/...", "people", "store", "internal/..."},
		"the search page takes its sources by interface, not by import"},
	{"people", []string{"store", "internal/guard", "internal/fault", "internal/outbox", "internal/clock"},
		"accounts know nothing of what people do with them"},
	{"store/storetest", []string{"store/..."},
		"the shared test opens the adapters that it tests"},
	{"store/...", []string{"store"},
		"an adapter knows the port only; the port knows nobody"},
	{"frontend/...", []string{"frontend/..."},
		"pages get view structs; a domain type in a template would be a rule in a template"},
	{"internal/outbox", []string{"store", "internal/clock"},
		"it projects any document; what the events mean is the handlers' affair"},
	{"internal/demo/...", []string{"internal/...", "meetings/...", "people", "store"},
		"the season is played through the front doors of the domain"},
	{"internal/clock", nil, "a leaf"},
	{"internal/fault", nil, "a leaf"},
	{"internal/importrules", nil, "a leaf"},
	{"internal/...", []string{"internal/fault", "internal/clock"},
		"leaves: anybody may use them, so they use nobody"},
}

// homeRule says where the packages of a library may be imported, in tests too.
type homeRule struct {
	library string
	homes   []string
	reason  string
}

var homeRules = []homeRule{
	{"github.com/gofiber/", []string{"server"}, "handlers only; the domain never sees a request"},
	{"github.com/valyala/fasthttp", []string{"server"}, "as fiber"},
	{"github.com/gorilla/websocket", []string{"server/live", "cmd/app", "bench/history"}, "one hub (and the browsers of the tests of the whole)"},
	{"github.com/go-co-op/gocron", []string{"server/jobs"}, "one runner with one ledger"},
	{"github.com/wneessen/go-mail", []string{"server/mail"}, "one way out of the house"},
	{"github.com/emersion/go-smtp", []string{"server/mail", "cmd/app"}, "the mail server of tests"},
	{"go.mongodb.org/", []string{"store/mongo", "bench"}, "one adapter (and the bare driver it is compared with)"},
	{"modernc.org/sqlite", []string{"store/sqlite", "bench"}, "one adapter (and the bare driver it is compared with)"},
	{"github.com/yuin/goldmark", []string{"internal/markdown"}, "only checked, bounded text is parsed"},
	{"github.com/microcosm-cc/bluemonday", []string{"internal/markdown"}, "one sanitiser"},
	{"github.com/blevesearch/", []string{"internal/textindex"}, "one index for both stores"},
	{"go.etcd.io/bbolt", []string{"internal/textindex"}, "the index's own file"},
	{"github.com/goccy/go-yaml", []string{"knowledge"}, "front matter of articles, which nobody else reads"},
	{"github.com/sergi/go-diff", []string{"knowledge"}, "one comparison of texts, by words"},
	{"github.com/pquerna/otp", []string{"people"}, "one second factor"},
	{"github.com/boombuler/barcode", []string{"people"}, "one second factor"},
	{"golang.org/x/crypto", []string{"people"}, "one way to hash a password"},
	{"github.com/alecthomas/kong", []string{"cmd/ruggespraak"}, "one command line"},
	{"github.com/a-h/templ", []string{"frontend/...", "server"}, "pages are drawn in frontend and written out by server"},
	{"text/template", nil, "HTML is made by templ and internal/markdown; mails are fixed sentences"},
	{"html/template", nil, "templ draws all pages"},
}

// callRule says where a function of the standard library may be called.
type callRule struct {
	pkg, name string
	homes     []string
	reason    string
}

var callRules = []callRule{
	{"time", "Now", []string{"internal/clock"}, "clocks are injected: the demo moves one, tests move both"},
	{"time", "Since", nil, "reads the machine's clock behind the injected one"},
	{"time", "Until", nil, "reads the machine's clock behind the injected one"},
}

// fits tells whether a package (without the module's name) is meant by a pattern.
func fits(pattern, pkg string) bool {
	if pattern == "..." {
		return true
	}
	folder, whole := strings.CutSuffix(pattern, "/...")
	return pkg == folder || whole && strings.HasPrefix(pkg, folder+"/")
}

func anyFits(patterns []string, pkg string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return fits(p, pkg) })
}

// checkOwn tells why pkg may not import the package of ours, or nil.
func checkOwn(pkg, imported string) error {
	for _, r := range ownRules {
		if !fits(r.of, pkg) {
			continue
		}
		if anyFits(r.may, imported) {
			return nil
		}
		return fmt.Errorf("%s imports %s: %s", pkg, imported, r.reason)
	}
	return fmt.Errorf("%s imports %s and no rule speaks of it: give it one", pkg, imported)
}

// checkHome tells why pkg may not import the library, or nil.
func checkHome(pkg, imported string) error {
	for _, r := range homeRules {
		if strings.HasPrefix(imported, r.library) && !anyFits(r.homes, pkg) {
			return fmt.Errorf("%s imports %s, which lives in %v: %s", pkg, imported, r.homes, r.reason)
		}
	}
	return nil
}

// checkCall tells why pkg may not call the function, or nil.
func checkCall(pkg, of, name string) error {
	for _, r := range callRules {
		if r.pkg == of && r.name == name && !anyFits(r.homes, pkg) {
			return fmt.Errorf("%s calls %s.%s: %s", pkg, of, name, r.reason)
		}
	}
	return nil
}

// packageOf is the package of a file by its path from the module's root.
func packageOf(file string) string { return path.Dir(file) }

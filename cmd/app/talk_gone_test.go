package app_test

import (
	"log/slog"
	"strings"
	"sync"
	"testing"

	"ruggespraak/cmd/app"
)

// logged is a log that several write.
type logged struct {
	mu  sync.Mutex
	all strings.Builder
}

func (w *logged) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.all.Write(p)
}

// TestTalkRemovedForGood makes everything of a message that can be made of it,
// while it is followed and searched, removes it, and looks for it in every byte
// of the data folder and of the log.
func TestTalkRemovedForGood(t *testing.T) {
	t.Parallel()
	set, folder := inFolder(t)
	log := &logged{}
	f := newFixture(newApp(t, set, func(cfg *app.Config) {
		cfg.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}))
	const secret = "kanariezwermwoord"
	topic := f.mixed()
	path := topic.Path()
	_, meeting, _ := topic.Parts()
	author, chair := f.as("c2"), f.as("chair")
	f.as("c3").watch(topic)
	f.as("som").watch(topic)
	n := talkSay(author, path, "Over "+secret+" vooraf.")
	author.post(path+"/"+n+"/aanpassen", "tekst", "Over "+secret+" en de opvang.").want(t, 303)
	chair.post(path+"/"+n+"/uitkomst", "uitkomst", "actie").want(t, 303)
	draft := strings.TrimPrefix(author.post(path+"/"+n+"/inbreng").want(t, 303).location, "/inbreng/concept/")
	made := strings.TrimSuffix(author.post("/inbreng/nieuw", "concept", draft, "versie", "1", "soort", "idee", "tekst", "Over "+secret+" en de opvang.",
		"titel", secret, "thema", "opvang", "lezen", "leden", "wachten", "ja").want(t, 303).location, "/aanvullen")
	talkSay(f.as("c3"), path, "Wij ook.", "antwoord", n)
	f.ok(f.app.Calendar.Begin(background, f.viewer("chair"), meeting))
	f.ok(f.app.Calendar.Close(background, f.viewer("chair"), meeting))
	f.settle()
	f.as("c4").post("/zoeken", "q", "opvang")
	chair.post(path+"/"+n+"/weghalen").want(t, 303)
	for _, account := range []string{"c1", "c2", "c3", "chair"} {
		for _, p := range []string{path, path + "?na=0", path + "/" + n, "/overleggen/" + meeting, made, "/", "/berichten", "/inbreng"} {
			f.as(account).get(p).want(t, 200).hides(t, secret)
		}
	}
	f.settle()
	if err := f.app.Search.Refresh(background); err != nil {
		t.Fatal(err)
	}
	if err := f.app.Search.Tidy(background); err != nil {
		t.Fatal(err)
	}
	if found := filesWith(t, folder, secret); len(found) > 0 {
		t.Errorf("the data folder still holds the text: %v", found)
	}
	log.mu.Lock()
	defer log.mu.Unlock()
	if strings.Contains(log.all.String(), secret) {
		t.Errorf("the log holds the text: %s", log.all.String())
	}
}

// TestOverwrittenTextIsGoneFromTheFile looks for the old text of a message and of
// a draft in the data folder, after the night's tidying.
func TestOverwrittenTextIsGoneFromTheFile(t *testing.T) {
	t.Parallel()
	set, folder := inFolder(t)
	w := openApp(t, set)
	w.serveQuietly()
	f := newFixture(w)
	const secret = "kanariezwermwoord"
	path, author := f.mixed().Path(), f.as("c2")
	n := talkSay(author, path, "Over "+secret+" vooraf.")
	author.post(path+"/"+n+"/aanpassen", "tekst", "Over de opvang.").want(t, 303)
	draft := inputs(author.get("/inbreng/nieuw").body).Get("concept")
	author.post("/inbreng/concept", signalForm(author, "concept", draft, "tekst", "Over "+secret+" en de opvang.")...).want(t, 200)
	author.post("/inbreng/concept", signalForm(author, "concept", draft, "versie", "1", "tekst", "Over de opvang.")...).want(t, 200)
	f.settle()
	if len(filesWith(t, folder, secret)) == 0 {
		t.Fatal("the folder does not hold the old text even before: this looks in the wrong place")
	}
	f.ok(f.app.Jobs.RunNow(background, "opruimen"))
	if found := filesWith(t, folder, secret); len(found) > 0 {
		t.Errorf("the data folder still holds the old text: %v", found)
	}
}

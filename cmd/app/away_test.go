package app_test

import (
	"database/sql"
	"net/http"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"ruggespraak/cmd/app"
	"ruggespraak/store/sqlite"
)

// newFileApp is a world on a file that seize keeps everybody from writing in,
// until letGo. The program does nothing by itself.
func newFileApp(t *testing.T) (w *world, seize func() (letGo func())) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "r.db")
	db, err := sqlite.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	w = openApp(t, func(cfg *app.Config) { cfg.DB = db })
	w.serveQuietly()
	other, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close() })
	other.SetMaxOpenConns(1)
	must := func(text string) {
		t.Helper()
		if _, err := other.Exec(text); err != nil {
			t.Fatal(err)
		}
	}
	return w, func() func() {
		must(`BEGIN IMMEDIATE`)
		return func() { must(`ROLLBACK`) }
	}
}

// TestRefusedNotHung lets another process keep the store. What people write is
// refused, in words, with their text in the form; they read on; and when the
// store is free, the same form posts the message once.
func TestRefusedNotHung(t *testing.T) {
	t.Parallel()
	w, seize := newFileApp(t)
	f := newFixture(w)
	id := f.released("c1")
	path := "/inbreng/" + id + "/reacties"
	const text = "Dit zien wij ook in de opvang."
	writer, reader := f.as("c2"), f.as("c3")
	message := inputs(writer.get(path).want(t, http.StatusOK).body)
	message.Set("tekst", text)
	report := signalForm(writer, "tekst", text, "titel", "Opvang zit vol")
	asked := map[string]func() answer{
		"message": func() answer { return writer.beside().sendForm(path, message, nil) },
		"message, script": func() answer {
			return writer.beside().sendForm(path, message, http.Header{"Accept": {"application/json"}})
		},
		"contribution": func() answer { return writer.beside().post("/inbreng/nieuw", report...) },
		"recognition":  func() answer { return writer.beside().post("/inbreng/" + id + "/herken") },
		"page":         func() answer { return reader.get(path) },
	}
	w.real.Move(2 * time.Minute) // so that every use of a session is to be noted
	letGo := seize()
	got := together(asked)
	letGo()
	for _, what := range []string{"message", "message, script", "contribution"} {
		got[what].want(t, http.StatusServiceUnavailable).says(t, "Dit is nu niet bewaard").says(t, "Wat u typte, staat nog in het formulier.").says(t, text)
	}
	refused := got["recognition"].want(t, http.StatusServiceUnavailable).says(t, "Dit is nu niet bewaard. Probeer het opnieuw.")
	if refused.header.Get("Retry-After") == "" {
		t.Error("a refusal does not say when to try again")
	}
	got["page"].want(t, http.StatusOK).says(t, "Nog niemand heeft gereageerd.")
	reader.get(path).want(t, http.StatusOK).hides(t, text)
	for range 2 {
		writer.sendForm(path, message, nil).want(t, http.StatusSeeOther)
	}
	if n := len(talkFrames(reader, path, 0)); n != 1 {
		t.Errorf("there are %d messages, want 1", n)
	}
}

// together asks all at once.
func together(asked map[string]func() answer) map[string]answer {
	var mu sync.Mutex
	var all sync.WaitGroup
	got := map[string]answer{}
	for what, ask := range asked {
		all.Go(func() {
			a := ask()
			mu.Lock()
			defer mu.Unlock()
			got[what] = a
		})
	}
	all.Wait()
	return got
}

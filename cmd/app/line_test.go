package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"ruggespraak/cmd/app"
	"ruggespraak/internal/clock"
	"ruggespraak/meetings/discussion"
	"ruggespraak/people"
	"ruggespraak/server/live"
	"ruggespraak/store"
)

// screen is a browser's socket, and all that came over it.
type screen struct {
	*client
	ws  *websocket.Conn
	all strings.Builder
}

// dial opens the line with an Origin.
func (c *client) dial(origin string) (*websocket.Conn, *http.Response, error) {
	c.Helper()
	header := http.Header{}
	if origin != "" {
		header.Set("Origin", origin)
	}
	for name, value := range c.cookies {
		header.Add("Cookie", name+"="+value)
	}
	return websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(c.url, "http")+"/lijn", header)
}

// watch opens the line and follows a topic from its beginning.
func (c *client) watch(t discussion.Topic) *screen {
	c.Helper()
	ws, _, err := c.dial(c.url)
	if err != nil {
		c.Fatalf("%s opens the line: %v", c.account, err)
	}
	c.Cleanup(func() { _ = ws.Close() })
	_ = ws.SetReadDeadline(time.Now().Add(patience))
	s := &screen{client: c, ws: ws}
	s.follow(t, 0)
	return s
}

func (s *screen) follow(t discussion.Topic, after int) {
	s.Helper()
	if err := s.ws.WriteJSON(map[string]any{"follow": t, "after": after}); err != nil {
		s.Fatal(err)
	}
	for s.next().Upto == nil {
	}
}

// sent is a frame.
type sent struct {
	N      int
	Change *struct {
		Over int
		HTML string
	}
	Upto *int
	Here *struct{ Namen, Rollen []string }
	Gone bool
	Beat int
}

func (s *screen) next() sent {
	s.Helper()
	for {
		_, raw, err := s.ws.ReadMessage()
		if err != nil {
			s.Fatalf("%s reads: %v", s.account, err)
		}
		s.all.Write(raw)
		var f sent
		if err := json.Unmarshal(raw, &f); err != nil {
			s.Fatal(err)
		}
		if f.Beat == 0 {
			return f
		}
	}
}

// until reads on to a change whose HTML has the words.
func (s *screen) until(words string) sent {
	s.Helper()
	for {
		if f := s.next(); f.Change != nil && strings.Contains(f.Change.HTML, words) {
			return f
		}
	}
}

// ended reads on to the end of the socket and gives its code.
func (s *screen) ended() int {
	s.Helper()
	for {
		_, _, err := s.ws.ReadMessage()
		var end *websocket.CloseError
		if errors.As(err, &end) {
			return end.Code
		}
		if err != nil {
			s.Fatalf("%s reads: %v", s.account, err)
		}
	}
}

// TestLineBringsWhatIsSaid lets members and an invited SOM member follow an
// item: each gets what was said, made for its audience, and a SOM member gets no
// member's name in any byte.
func TestLineBringsWhatIsSaid(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	topic := f.mixed()
	path := topic.Path()
	member, som := f.as("c2").watch(topic), f.as("som").watch(topic)
	n := talkSay(f.as("c3"), path, "Wij zien dit **ook**.", "noem", f.viewer("c2").Account)
	member.until("<strong>ook</strong>")
	som.until("<strong>ook</strong>")
	f.as("c2").post(path+"/reactie", "eens", n).want(t, 303)
	if got := member.until("Eens").Change.Over; got == 0 {
		t.Error("a change points at no message")
	}
	f.as("chair").post(path+"/"+n+"/weghalen").want(t, 303)
	member.until("Hier stond iets")
	som.until("Hier stond iets")
	for som.next().Here == nil {
	}
	for member.next().Here == nil {
	}
	if strings.Contains(member.all.String(), who["som"].name) {
		t.Error("a member gets the name of a SOM member")
	}
	late := f.as("c4").watch(topic)
	if strings.Contains(late.all.String(), "<strong>ook</strong>") {
		t.Error("who comes later reads a text that was removed")
	}
	got := f.as("c1").get(path+"?na=0").want(t, 200).body
	if strings.Contains(got, "<strong>ook</strong>") || !strings.Contains(got, "Hier stond iets") {
		t.Errorf("who polls gets %s", got)
	}
	for id, p := range who {
		if !p.role.Member() {
			continue
		}
		for _, word := range []string{p.name, f.viewer(id).Account} {
			if regexp.MustCompile(`(?i)\b` + regexp.QuoteMeta(word) + `\b`).MatchString(som.all.String()) {
				t.Errorf("a SOM member gets %q", word)
			}
		}
	}
}

// TestLinePresence tells members the names of members, and counts of whoever is
// not or does not read as one: of who has a socket and of who polls.
func TestLinePresence(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	topic := f.mixed()
	member, som := f.as("c2").watch(topic), f.as("som").watch(topic)
	f.as("c3").get(topic.Path()+"?na=0").want(t, 200)
	for {
		here := member.next().Here
		if here != nil && strings.Join(here.Namen, ",") == "Femke Aalders,Karim de Groot" && strings.Join(here.Rollen, ",") == "SOM-lid 1" {
			break
		}
	}
	for {
		here := som.next().Here
		if here != nil && here.Namen == nil && strings.Join(here.Rollen, ",") == "SOM-lid 1,Zorgcoördinator 2" {
			break
		}
	}
	if body := f.as("c1").get(topic.Path()+"?na=0").want(t, 200).body; !strings.Contains(body, "Karim de Groot") {
		t.Errorf("who polls is not told who is there: %s", body)
	}
}

// TestLineOrigin tries the addresses that a page of another site could have.
func TestLineOrigin(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	c := w.as("c1")
	host := strings.TrimPrefix(w.url, "http://")
	ws, _, err := c.dial(w.url)
	if err != nil {
		t.Fatalf("a page of ours: %v", err)
	}
	_ = ws.Close()
	for name, origin := range map[string]string{
		"missing": "", "null": "null", "foreign": "http://elders.example", "sub-domain": "http://a." + host,
		"another port": "http://127.0.0.1:1", "another scheme": "https://" + host, "trailing dot": "http://127.0.0.1.:" + strings.Split(host, ":")[1],
		"a path": w.url + "/x", "user": "http://x@" + host + ".example",
	} {
		if ws, answer, err := c.dial(origin); err == nil || answer == nil || answer.StatusCode != http.StatusForbidden {
			t.Errorf("%s: opened with %v, %v", name, answer, ws != nil)
		}
	}
	if _, answer, err := w.as("").dial(w.url); err == nil || answer.StatusCode == http.StatusSwitchingProtocols {
		t.Errorf("a visitor opens the line: %v", answer)
	}
	if _, answer, err := w.as("admin").dial(w.url); err == nil || answer.StatusCode != http.StatusNotFound {
		t.Errorf("an administrator opens the line: %v", answer)
	}
}

// TestLineEndsWithTheRight ends sessions and rights while sockets are open.
func TestLineEndsWithTheRight(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		account string
		do      func(f *fixture, c *client, topic discussion.Topic)
		code    int // 0: the topic goes, the socket stays
	}{
		"signing out": {"c2", func(f *fixture, c *client, _ discussion.Topic) { c.post("/afmelden").want(f, 303) }, live.SignedOut},
		"end of the account": {"c2", func(f *fixture, c *client, _ discussion.Topic) {
			f.ok(f.app.House.Directory.End(background, f.viewer("admin"), f.viewer("c2").Account))
		}, live.SignedOut},
		"a role taken": {"som", func(f *fixture, c *client, _ discussion.Topic) {
			f.ok(f.app.House.Directory.GiveRole(background, f.viewer("admin"), f.viewer("som").Account, people.TaskForce))
			f.ok(f.app.House.Directory.TakeRole(background, f.viewer("admin"), f.viewer("som").Account, people.SOMMember))
		}, live.SignedOut},
		"end of an invitation": {"som", func(f *fixture, c *client, topic discussion.Topic) {
			_, meeting, item := topic.Parts()
			f.as("chair").post("/overleggen/"+meeting+"/punten/"+item+"/uitnodigen").want(f, 303)
		}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(newApp(t))
			topic := f.mixed()
			c := f.as(tc.account)
			s := c.watch(topic)
			tc.do(f, c, topic)
			if tc.code != 0 {
				if got := s.ended(); got != tc.code {
					t.Errorf("the socket ended with %d, want %d", got, tc.code)
				}
				return
			}
			for !s.next().Gone {
			}
			talkSay(f.as("c3"), topic.Path(), "Hierna.")
			_ = s.ws.SetReadDeadline(time.Now().Add(2 * time.Second))
			for {
				_, raw, err := s.ws.ReadMessage()
				if err != nil {
					break
				}
				if strings.Contains(string(raw), "Hierna") {
					t.Error("after its end an invitation brings what is said")
				}
			}
		})
	}
}

// TestLineOfTwoInstances says something at one instance, to screens of another.
func TestLineOfTwoInstances(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	f := newFixture(w)
	topic := f.item()
	second, err := app.New(background, app.Config{DB: w.db, Real: w.real.Now, Consultation: clock.NewConsultation(w.real.Now),
		HashCost: people.HashCost{Memory: 8, Time: 1, Threads: 1}})
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(background)
	ended := make(chan error, 1)
	go func() { ended <- second.Run(ctx, ln) }()
	t.Cleanup(func() {
		stop()
		if err := errors.Join(<-ended, second.Close()); err != nil {
			t.Error(err)
		}
	})
	there := w.as("c2")
	there.world = &world{TB: t, app: second, db: w.db, url: "http://" + ln.Addr().String(), real: w.real, who: w.who}
	s := there.watch(topic)
	here := w.as("c3").watch(topic)
	for i, text := range []string{"Een van hier.", "Een van daar.", "Nog een van hier."} {
		if i == 1 {
			talkSay(there, topic.Path(), text)
		} else {
			talkSay(w.as("c1"), topic.Path(), text)
		}
	}
	for i, text := range []string{"Een van hier.", "Een van daar.", "Nog een van hier."} {
		for _, screen := range []*screen{s, here} {
			if got := screen.until(text).N; got != i+1 {
				t.Errorf("%q came as number %d, want %d", text, got, i+1)
			}
		}
	}
	_ = w.app.Server.Shutdown()
	if got := here.ended(); got != websocket.CloseServiceRestart {
		t.Errorf("at the stop the socket ended with %d", got)
	}
	talkSay(there, topic.Path(), "Zonder de ander.")
	s.until("Zonder de ander.")
}

// locked is a store in which, from a moment on, nothing can be taken away.
type locked struct {
	store.DB
	now atomic.Bool
}

func (l *locked) Delete(ctx context.Context, kind, id string, version int64) error {
	if l.now.Load() {
		return errors.New("the store is away")
	}
	return l.DB.Delete(ctx, kind, id, version)
}

// TestLineStopsWithoutAStore stops the program while the store is away and
// somebody is there: that is a stop in good order.
func TestLineStopsWithoutAStore(t *testing.T) {
	t.Parallel()
	var kept *locked
	w := newApp(t, func(cfg *app.Config) {
		kept = &locked{DB: cfg.DB}
		cfg.DB = kept
	})
	s := w.as("c2").watch(newFixture(w).item())
	for s.next().Here == nil {
	}
	kept.now.Store(true)
	if err := w.app.Server.Shutdown(); err != nil {
		t.Errorf("the stop failed: %v", err)
	}
	if got := s.ended(); got != websocket.CloseServiceRestart {
		t.Errorf("the socket ended with %d", got)
	}
	kept.now.Store(false)
}

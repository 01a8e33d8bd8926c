package server

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/floor"
	talk "ruggespraak/frontend/pages/talk"
	"ruggespraak/frontend/parts"
	"ruggespraak/internal/fault"
	"ruggespraak/meetings"
	"ruggespraak/meetings/discussion"
	"ruggespraak/people"
)

func (s *Server) floorRoutes() []Route {
	const base = "/overleggen/:id/live"
	shown := objects("speaker.list", "poll", "meeting.room.invited")
	return []Route{
		{get, base, shown, people.Read, "floorShow", s.floorShow},
		{post, base + "/beurt", objects("speaker.own"), people.Create, "turnRaise", s.paced(s.turnRaise)},
		{post, base + "/beurt/intrekken", objects("speaker.own"), people.Delete, "turnLower", s.paced(s.turnLower)},
		{post, base + "/beurten/:beurt/geven", objects("speaker.list"), people.Update, "turnCall", s.turnCall},
		{post, base + "/beurten/:beurt/klaar", objects("speaker.list"), people.Act, "turnFinish", s.turnFinish},
		{post, base + "/beurten/:beurt/weghalen", objects("speaker.list"), people.Act, "turnDrop", s.turnDrop},
		{post, base + "/punten/:punt", objects("agenda.other"), people.Act, "itemLead", s.itemLead},
		{get, base + "/peiling", objects("poll"), people.Create, "pollForm", s.pollForm},
		{post, base + "/peiling", objects("poll"), people.Create, "pollOpen", s.pollOpen},
		{post, base + "/peilingen/:peiling/stem", objects("poll.vote.own"), people.Create, "pollVote", s.pollVote},
		{post, base + "/peilingen/:peiling/sluiten", objects("poll"), people.Act, "pollClose", s.pollClose},
	}
}

func livePath(meeting string) string { return "/overleggen/" + meeting + "/live" }

// floorShow is the page of a meeting while it goes on. With ?na=n it answers
// which changes came after number n; what they changed, the page itself says.
func (s *Server) floorShow(c *fiber.Ctx) error {
	if c.Query("na") != "" {
		return s.floorSince(c)
	}
	return s.floorAgain(c, fiber.StatusOK, parts.Refusal{})
}

// floorAgain shows the page, with what was wrong with a vote.
func (s *Server) floorAgain(c *fiber.Ctx, status int, refused parts.Refusal) error {
	r, err := s.svc.Floor.Show(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	d := floorDrawing{Server: s, c: c, r: r, base: livePath(r.Meeting), csrf: s.token(c)}
	page := pages.Page{Page: s.page(c, "Live: "+or(r.Title, "uw agendapunt")), Base: d.base, Topic: string(floorTopic(r.Meeting)),
		Last: strconv.Itoa(r.N), Reader: viewer(c).Name, At: s.svc.Now(), Bar: barWords(r), Room: r.Room, Refused: refused, Items: d.agenda(), Chair: d.chair()}
	page.Page.Error = refused.Any()
	if page.Waits, err = d.waits(); err != nil {
		return err
	}
	if !r.Guest {
		page.Crumbs = []parts.Link{meetingsCrumb, {Label: r.Title, Href: "/overleggen/" + r.Meeting}}
	}
	if page.Now, err = d.now(); err != nil {
		return err
	}
	if r.Item == nil {
		return s.render(c, status, pages.Show(page))
	}
	if r.Item.Guests && !r.Guest {
		page.Along = "SOM-leden lezen mee"
	}
	page.Speakers, page.Poll, page.Results = d.speakers(), d.poll(refused), pollResults(r.Polls)
	if page.Thread, err = d.thread(); err != nil {
		return err
	}
	page.ThreadOf = r.Item.ID
	return s.render(c, status, pages.Show(page))
}

// floorDrawing draws how a meeting is led, for one request.
type floorDrawing struct {
	*Server
	c    *fiber.Ctx
	r    *meetings.Running
	base string
	csrf string
}

func barWords(r *meetings.Running) string {
	switch {
	case r.State == meetings.Closed, r.Over:
		return "Dit overleg is geweest"
	case r.State == meetings.Live:
		return "Nu bezig"
	default:
		return "Nog niet begonnen"
	}
}

// button is a form of one button below the page's address.
func (d floorDrawing) button(path, label, about string, fields ...parts.HiddenField) parts.PostButtonOptions {
	return parts.PostButtonOptions{Action: d.base + path, CSRF: d.csrf, Fields: fields, ButtonOptions: parts.ButtonOptions{Label: label, About: about}}
}

func (d floorDrawing) quiet(path, label, about string, fields ...parts.HiddenField) parts.PostButtonOptions {
	b := d.button(path, label, about, fields...)
	b.Quiet = true
	return b
}

// lead is a button that does something with an item.
func (d floorDrawing) lead(item meetings.Stage, act, label, about string) parts.PostButtonOptions {
	return d.quiet("/punten/"+item.ID, label, about, parts.HiddenField{Name: "doe", Value: act})
}

// waits leads the chair to what was flagged in this meeting, the longest waiting
// first.
func (d floorDrawing) waits() (parts.Link, error) {
	if !d.r.MayLead {
		return parts.Link{}, nil
	}
	all, err := d.svc.Hall.AllFlagged(ctx(d.c), viewer(d.c))
	all = slices.DeleteFunc(all, func(w discussion.Flagged) bool {
		subject, meeting, _ := w.Topic.Parts()
		return subject != discussion.Item || meeting != d.r.Meeting
	})
	if err != nil || len(all) == 0 {
		return parts.Link{}, err
	}
	link := parts.Link{Label: "Een reactie wacht op uw oordeel", Href: messagePath(all[0].Topic, all[0].N)}
	if len(all) > 1 {
		link.Label = nl.Getal(len(all)) + " reacties wachten op uw oordeel"
	}
	return link, nil
}

// now draws what is at hand.
func (d floorDrawing) now() (pages.Now, error) {
	r := d.r
	if r.Item == nil {
		return d.nothingAtHand(), nil
	}
	i := *r.Item
	n := pages.Now{Title: i.Title, Say: "Nu aan de orde: " + i.Title}
	if !r.Guest {
		n.Eyebrow = fmt.Sprintf("%s · punt %d van %d", r.Title, i.Number, len(r.Items))
		n.Jump = true
	}
	switch {
	case r.Guest && i.State == meetings.Ahead:
		n.Say = ""
		n.Note = "Dit punt is nog niet aan de orde. Het staat op de agenda van " + nl.DatumDag(i.Planned) + ", om ongeveer " + nl.Uur(i.Planned) + "."
		if r.Room == "" {
			n.Note += " De link naar Teams staat hier vanaf 30 minuten voor het punt."
		}
	case r.Guest && !i.AtHand && i.Ran > 0:
		n.Say, n.Note = "", "De voorzitter is nu bij een ander punt. U kunt hier nog reageren tot het punt sluit."
	case r.Guest && !i.AtHand:
		n.Say, n.Note = "", "U kunt al reageren. De voorzitter komt zo bij dit punt."
	}
	if i.AtHand {
		n.Clock, n.Over = clockWords(i)
	}
	if r.MayLead {
		n.Acts = d.leading(i)
	}
	for _, l := range i.Links {
		link, err := d.titleOf(d.c, l)
		if err != nil {
			return n, err
		}
		if link.Label != "" {
			n.Links = append(n.Links, link)
		}
	}
	return n, nil
}

func (d floorDrawing) nothingAtHand() pages.Now {
	n := pages.Now{Title: d.r.Title, Eyebrow: nl.Hoofdletter(nl.DatumUur(d.r.Begins))}
	switch {
	case d.r.State == meetings.Closed:
		n.Note = "Dit overleg is gesloten."
		n.More = parts.Link{Label: "Agenda en verslag bekijken", Href: "/overleggen/" + d.r.Meeting}
	case d.r.State != meetings.Live:
		n.Note = "Dit overleg is nog niet begonnen."
	case d.r.MayLead:
		n.Note = "Kies in de agenda het punt dat nu aan de orde is."
	default:
		n.Note = "Er is nu geen punt aan de orde. De voorzitter kiest zo het volgende."
	}
	return n
}

// leading are the chair's acts on the item at hand.
func (d floorDrawing) leading(i meetings.Stage) []parts.PostButtonOptions {
	timer := d.lead(i, "start", "Klok laten lopen", "")
	if i.Ticking {
		timer = d.lead(i, "stop", "Klok stilzetten", "")
	}
	all := []parts.PostButtonOptions{timer, d.lead(i, "sluiten", "Punt sluiten", "")}
	at := slices.IndexFunc(d.r.Items, func(x meetings.Stage) bool { return x.ID == i.ID })
	for _, next := range d.r.Items[at+1:] {
		if !next.Internal {
			move := d.lead(next, "nu", "Volgend punt", next.Title)
			move.Quiet = false
			return append([]parts.PostButtonOptions{move}, all...)
		}
	}
	return all
}

// longOver is from when hours say more than minutes.
const longOver = 2 * time.Hour

// clockWords says how long an item may still take, or how long it takes.
func clockWords(i meetings.Stage) (words string, over bool) {
	if i.Ran == 0 && !i.Ticking {
		return "", false
	}
	planned := time.Duration(i.Minutes) * time.Minute
	left := int((planned - i.Ran + time.Minute - 1) / time.Minute)
	switch {
	case planned == 0:
		return nl.Aantal(int(i.Ran/time.Minute), "minuut", "minuten") + " bezig", false
	case i.Ran >= planned+longOver:
		return "ruim " + nl.Aantal(int((i.Ran-planned)/time.Hour), "uur", "uur") + " over de tijd", true
	case i.Ran >= planned:
		return nl.Aantal(int((i.Ran-planned)/time.Minute), "minuut", "minuten") + " over de tijd", true
	default:
		return "nog " + nl.Aantal(left, "minuut", "minuten"), false
	}
}

// agenda draws the agenda, for members.
func (d floorDrawing) agenda() []pages.Item {
	if d.r.Guest {
		return nil
	}
	var all []pages.Item
	for _, i := range d.r.Items {
		shown := pages.Item{Time: nl.Amsterdam(i.Planned).Format("15.04"), Title: i.Title, Now: i.AtHand, Href: discussion.ItemTopic(d.r.Meeting, i.ID).Path()}
		switch {
		case i.Internal:
			shown.State = "alleen voor u"
		case i.State == meetings.Behind:
			shown.State = "klaar"
		case i.State == meetings.Begun && !i.AtHand:
			shown.State = "open"
		}
		if d.r.MayLead && !i.Internal && !i.AtHand {
			shown.Acts = append(shown.Acts, d.lead(i, "nu", "Naar dit punt", i.Title))
			if i.State == meetings.Begun {
				shown.Acts = append(shown.Acts, d.lead(i, "sluiten", "Sluiten", i.Title))
			} else if i.Guests {
				shown.Acts = append(shown.Acts, d.lead(i, "openen", "Openen", i.Title))
			}
		}
		all = append(all, shown)
	}
	return all
}

// speakers draws the speakers list of the item at hand.
func (d floorDrawing) speakers() *pages.Speakers {
	r := d.r
	if !r.Item.AtHand || r.State != meetings.Live {
		return nil
	}
	drawn := &pages.Speakers{}
	if r.Speaking != nil {
		ran := d.svc.Now().Sub(r.Speaking.Since)
		drawn.Now = &pages.Speaker{Name: r.Speaking.Name, Role: r.Speaking.Role, Own: r.Speaking.Own, Run: strconv.Itoa(int(ran.Seconds())), Time: turnTime(ran),
			Order: r.Speaking.Hand == meetings.OfOrder}
		if r.Speaking.Own {
			drawn.Say = "U hebt het woord."
		}
		if r.MayLead {
			drawn.Now.Acts = []parts.PostButtonOptions{d.button("/beurten/"+r.Speaking.Turn+"/klaar", "Klaar", r.Speaking.Name)}
		}
	}
	for _, w := range r.Waiting {
		shown := d.waiting(w)
		if shown.Order && !shown.Own && drawn.Say == "" {
			drawn.Say = "Punt van orde van " + shown.Name + "."
		}
		drawn.Waiting = append(drawn.Waiting, shown)
	}
	if len(r.Waiting) > 0 {
		drawn.Count = nl.Aantal(len(r.Waiting), "wachtende", "wachtenden")
	} else if r.Speaking == nil {
		drawn.Empty = "Niemand vraagt het woord."
	}
	drawn.Hand = d.hand(meetings.ToSpeak, "Ik wil iets zeggen", "Mijn beurt intrekken")
	if drawn.Order = d.hand(meetings.OfOrder, "Punt van orde", "Mijn punt van orde intrekken"); drawn.Order != nil {
		drawn.Order.Quiet = true
	}
	return drawn
}

// hand raises or lowers one of the viewer's hands; nil when it can do neither.
func (d floorDrawing) hand(h meetings.Hand, raise, lower string) *parts.PostButtonOptions {
	is := parts.HiddenField{Name: "voor", Value: string(h)}
	switch {
	case slices.Contains(d.r.Raised, h):
		b := d.button("/beurt/intrekken", lower, "", is)
		return &b
	case slices.Contains(d.r.MayRaise, h):
		b := d.button("/beurt", raise, "", is)
		b.Kind = parts.ButtonPrimary
		return &b
	}
	return nil
}

func (d floorDrawing) waiting(w meetings.Speaker) pages.Speaker {
	shown := pages.Speaker{Name: w.Name, Role: w.Role, Own: w.Own, Order: w.Hand == meetings.OfOrder}
	if w.Own {
		shown.Role = "u"
	}
	switch {
	case shown.Order:
	case w.First:
		shown.Line = "Nog niet aan het woord geweest"
	case w.Spoke > 0:
		shown.Line = "Sprak " + turnTime(w.Spoke)
	}
	if d.r.MayLead {
		shown.Acts = []parts.PostButtonOptions{d.quiet("/beurten/"+w.Turn+"/geven", "Geef het woord", w.Name), d.quiet("/beurten/"+w.Turn+"/weghalen", "Van de lijst halen", w.Name)}
	}
	return shown
}

// turnTime writes a length as minutes and seconds: 1.40.
func turnTime(t time.Duration) string {
	return fmt.Sprintf("%d.%02d", int(t.Minutes()), int(t.Seconds())%60)
}

// thread draws the discussion of the item; nil where the viewer reads none.
func (d floorDrawing) thread() (templ.Component, error) {
	t, err := d.svc.Hall.Show(ctx(d.c), viewer(d.c), discussion.ItemTopic(d.r.Meeting, d.r.Item.ID))
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	drawn := d.threadOf(d.c, t)
	drawn.Inside = talk.InsideLive
	if t.Access.Write {
		if drawn.Write, err = d.composer(d.c, t, parts.Refusal{}); err != nil {
			return nil, err
		}
		drawn.Write.Inside = talk.InsideLive
	}
	return talk.Show(drawn), nil
}

// chair are the acts that belong to no item.
func (d floorDrawing) chair() *pages.Chair {
	if !d.r.MayLead {
		return nil
	}
	drawn := &pages.Chair{Close: closing(d.r.Meeting, d.csrf)}
	if d.r.Item != nil && !slices.ContainsFunc(d.r.Polls, func(p meetings.Poll) bool { return p.Open }) {
		drawn.PollHref = d.base + "/peiling"
	}
	return drawn
}

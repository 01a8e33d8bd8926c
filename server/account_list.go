package server

import (
	"cmp"
	"strings"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/pages/admin"
	"ruggespraak/frontend/parts"
	"ruggespraak/people"
)

func (s *Server) accountRoutes() []Route {
	own, other, role := objects("account.own"), objects("account.other"), objects("role.assign")
	return []Route{
		{get, "/mijn-gegevens", own, people.Read, "own", s.own},
		{post, "/mijn-gegevens/wachtwoord", own, people.Update, "ownPassword", s.ownPassword},
		{get, "/accounts", objects("account.other", "role.assign"), people.List, "accounts", s.accounts},
		{get, "/accounts/nieuw", other, people.Create, "accountInviteForm", s.accountInviteForm},
		{post, "/accounts/nieuw", other, people.Create, "accountInvite", s.accountInvite},
		{get, "/accounts/logboek", objects("audit.security"), people.List, "securityLog", s.securityLog},
		{get, "/accounts/:id", objects("account.other", "role.assign"), people.Read, "account", s.account},
		{post, "/accounts/:id", other, people.Update, "accountChange", s.accountChange},
		{post, "/accounts/:id/link", other, people.Act, "accountLink", s.accountLink},
		{post, "/accounts/:id/beeindigen", other, people.Act, "accountEnd", s.accountEnd},
		{post, "/accounts/:id/heropenen", other, people.Act, "accountReopen", s.accountReopen},
		{post, "/accounts/:id/rollen/geven", role, people.Create, "roleGive", s.roleGive},
		{post, "/accounts/:id/rollen/nemen", role, people.Delete, "roleTake", s.roleTake},
		{post, "/accounts/:id/rollen/bevestigen", role, people.Act, "roleConfirm", s.roleConfirm},
		{get, "/accounts/:id/sessies", objects("session.other"), people.List, "accountSessions", s.accountSessions},
		{get, "/accounts/:id/logboek", objects("audit.security"), people.Read, "accountLog", s.accountLog},
		{post, "/accounts/:id/uitloggen", objects("session.other"), people.Act, "accountSignOut", s.accountSignOut},
	}
}

// accounts lists everybody, as the viewer may see them.
func (s *Server) accounts(c *fiber.Ctx) error {
	v := viewer(c)
	all, err := s.svc.House.Directory.People(ctx(c), v)
	if err != nil {
		return err
	}
	organisations, regions, err := s.placeNames(c)
	if err != nil {
		return err
	}
	page := admin.AccountsPage{Page: s.page(c, "Accounts"), Full: people.RedactionFor(v.ActiveRole(), "account.other") == people.Whole}
	for _, p := range all {
		line := admin.Account{
			Name: p.Name, Mail: p.Mail, Roles: roleLabels(p.Roles), Status: personStatus(p.Joined, p.Ended),
			Place: cmp.Or(strings.Trim(organisations[p.Organisation]+", "+regions[p.Region], ", "), "Geen"),
		}
		if page.Full {
			line.Href = "/accounts/" + p.ID
		}
		page.Accounts = append(page.Accounts, line)
	}
	return s.render(c, fiber.StatusOK, admin.Accounts(page))
}

func roleLabels(roles []people.Role) string {
	var labels []string
	for _, r := range roles {
		labels = append(labels, r.Label())
	}
	return strings.Join(labels, ", ")
}

func personStatus(joined, ended bool) parts.Status {
	switch {
	case ended:
		return parts.Status{Label: "Beëindigd", Tone: parts.ToneQuiet}
	case !joined:
		return parts.Status{Label: "Uitgenodigd", Tone: parts.ToneWarn}
	default:
		return parts.Status{Label: "Actief", Tone: parts.TonePositive}
	}
}

// placeNames gives the names of organisations and regions by id.
func (s *Server) placeNames(c *fiber.Ctx) (organisations, regions map[string]string, err error) {
	os, err := s.svc.House.Directory.Organisations(ctx(c))
	if err != nil {
		return nil, nil, err
	}
	rs, err := s.svc.House.Directory.Regions(ctx(c))
	if err != nil {
		return nil, nil, err
	}
	organisations, regions = map[string]string{}, map[string]string{}
	for _, o := range os {
		organisations[o.ID] = o.Name
	}
	for _, r := range rs {
		regions[r.ID] = r.Name
	}
	return organisations, regions, nil
}

// placeOptions gives the choices of a form: what is open, and what was chosen
// before.
func (s *Server) placeOptions(c *fiber.Ctx, organisation, region string) (organisations, regions []parts.Option, err error) {
	os, err := s.svc.House.Directory.Organisations(ctx(c))
	if err != nil {
		return nil, nil, err
	}
	rs, err := s.svc.House.Directory.Regions(ctx(c))
	if err != nil {
		return nil, nil, err
	}
	for _, o := range os {
		if o.Ended == nil || o.ID == organisation {
			organisations = append(organisations, parts.Option{Value: o.ID, Label: o.Name})
		}
	}
	for _, r := range rs {
		if r.Ended == nil || r.ID == region {
			regions = append(regions, parts.Option{Value: r.ID, Label: r.Name})
		}
	}
	return organisations, regions, nil
}

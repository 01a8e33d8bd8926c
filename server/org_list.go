package server

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/pages/admin"
	"ruggespraak/frontend/parts"
	"ruggespraak/people"
)

func (s *Server) organisationRoutes() []Route {
	place := objects("region")
	return []Route{
		{get, "/beheer", place, people.List, "places", s.places},
		{post, "/beheer/organisaties", place, people.Create, "organisationAdd", s.organisationAdd},
		{get, "/beheer/organisaties/:id", place, people.Read, "organisation", s.organisation},
		{post, "/beheer/organisaties/:id", place, people.Update, "organisationRename", s.organisationRename},
		{post, "/beheer/organisaties/:id/sluiten", place, people.Act, "organisationEnd", s.organisationEnd},
		{post, "/beheer/regios", place, people.Create, "regionAdd", s.regionAdd},
		{get, "/beheer/regios/:id", place, people.Read, "region", s.region},
		{post, "/beheer/regios/:id", place, people.Update, "regionRename", s.regionRename},
		{post, "/beheer/regios/:id/sluiten", place, people.Act, "regionEnd", s.regionEnd},
	}
}

// places lists organisations and regions.
func (s *Server) places(c *fiber.Ctx) error {
	return s.showPlaces(c, fiber.StatusOK, admin.PlacesPage{})
}

func (s *Server) showPlaces(c *fiber.Ctx, status int, page admin.PlacesPage) error {
	organisations, err := s.svc.House.Directory.Organisations(ctx(c))
	if err != nil {
		return err
	}
	regions, err := s.svc.House.Directory.Regions(ctx(c))
	if err != nil {
		return err
	}
	page.Page, page.Edit = s.narrow(c, "Organisaties en regio's"), people.May(viewer(c).ActiveRole(), "region", people.Update)
	page.Page.Error = page.Refused.Any()
	for _, o := range organisations {
		page.Organisations = append(page.Organisations, admin.Place{Name: o.Name, Href: "/beheer/organisaties/" + o.ID, Ended: o.Ended != nil})
	}
	for _, r := range regions {
		page.Regions = append(page.Regions, admin.Place{Name: r.Name, Href: "/beheer/regios/" + r.ID, Ended: r.Ended != nil})
	}
	return s.render(c, status, admin.Places(page))
}

// organisationAdd makes an organisation.
func (s *Server) organisationAdd(c *fiber.Ctx) error {
	name := field(c, "organisatie")
	_, err := s.svc.House.Directory.AddOrganisation(ctx(c), viewer(c), name)
	if r, ok := refused(err); ok {
		return s.showPlaces(c, fiber.StatusUnprocessableEntity, admin.PlacesPage{Refused: r, Organisation: name})
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, "/beheer", "De organisatie staat erbij.")
}

// regionAdd makes a region.
func (s *Server) regionAdd(c *fiber.Ctx) error {
	name := field(c, "regio")
	_, err := s.svc.House.Directory.AddRegion(ctx(c), viewer(c), name)
	if r, ok := refused(err); ok {
		return s.showPlaces(c, fiber.StatusUnprocessableEntity, admin.PlacesPage{Refused: r, Region: name})
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, "/beheer", "De regio staat erbij.")
}

// organisation is the page of one organisation.
func (s *Server) organisation(c *fiber.Ctx) error {
	return s.showOrganisation(c, fiber.StatusOK, parts.Refusal{})
}

func (s *Server) showOrganisation(c *fiber.Ctx, status int, refused parts.Refusal) error {
	o, err := s.svc.House.Directory.Organisation(ctx(c), c.Params("id"))
	if err != nil {
		return err
	}
	page := admin.PlacePage{Sort: "organisatie", Name: o.Name, Ended: o.Ended != nil, Action: "/beheer/organisaties/" + o.ID}
	return s.showPlace(c, status, page, refused)
}

// region is the page of one region.
func (s *Server) region(c *fiber.Ctx) error {
	return s.showRegion(c, fiber.StatusOK, parts.Refusal{})
}

func (s *Server) showRegion(c *fiber.Ctx, status int, refused parts.Refusal) error {
	r, err := s.svc.House.Directory.Region(ctx(c), c.Params("id"))
	if err != nil {
		return err
	}
	page := admin.PlacePage{Sort: "regio", Name: r.Name, Ended: r.Ended != nil, Action: "/beheer/regios/" + r.ID}
	return s.showPlace(c, status, page, refused)
}

func (s *Server) showPlace(c *fiber.Ctx, status int, page admin.PlacePage, refused parts.Refusal) error {
	page.Page, page.Refused, page.Typed = s.narrow(c, page.Name), refused, page.Name
	page.Edit = people.May(viewer(c).ActiveRole(), "region", people.Update)
	if page.Page.Error = refused.Any(); refused.Any() {
		page.Typed = field(c, page.Sort)
	}
	return s.render(c, status, admin.PlaceShow(page))
}

// organisationRename gives an organisation another name.
func (s *Server) organisationRename(c *fiber.Ctx) error {
	err := s.svc.House.Directory.RenameOrganisation(ctx(c), viewer(c), c.Params("id"), field(c, "organisatie"))
	if r, ok := refused(err); ok {
		return s.showOrganisation(c, fiber.StatusUnprocessableEntity, r)
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, "/beheer", "De naam is bewaard.")
}

// regionRename gives a region another name.
func (s *Server) regionRename(c *fiber.Ctx) error {
	err := s.svc.House.Directory.RenameRegion(ctx(c), viewer(c), c.Params("id"), field(c, "regio"))
	if r, ok := refused(err); ok {
		return s.showRegion(c, fiber.StatusUnprocessableEntity, r)
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, "/beheer", "De naam is bewaard.")
}

// organisationEnd closes an organisation for new accounts, or opens it again.
func (s *Server) organisationEnd(c *fiber.Ctx) error {
	return s.endPlace(c, s.svc.House.Directory.EndOrganisation)
}

// regionEnd closes a region for new accounts, or opens it again.
func (s *Server) regionEnd(c *fiber.Ctx) error {
	return s.endPlace(c, s.svc.House.Directory.EndRegion)
}

func (s *Server) endPlace(c *fiber.Ctx, end func(context.Context, people.Viewer, string) error) error {
	if err := end(ctx(c), viewer(c), c.Params("id")); err != nil {
		return err
	}
	return s.seeOther(c, "/beheer", "Dat is bewaard.")
}

package people

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/store"
)

// Organisation is an employer of accounts.
type Organisation struct {
	store.Meta
	Name  string     `json:"name"`
	Ended *time.Time `json:"ended,omitempty"` // no new accounts; old ones keep it
}

// Region is where an account works.
type Region struct {
	store.Meta
	Name  string     `json:"name"`
	Ended *time.Time `json:"ended,omitempty"`
}

// nameClaim keeps two organisations, or two regions, from having one name: its
// id is the name's key.
type nameClaim struct {
	store.Meta
	For string    `json:"for"`
	At  time.Time `json:"at"`
}

func organisationSpec() store.Spec[Organisation] {
	return store.Spec[Organisation]{
		Name:   "organisation",
		Orders: []store.Order{{"name"}},
		Meta:   func(o *Organisation) *store.Meta { return &o.Meta },
		Keys:   func(o *Organisation) store.Keys { return store.Keys{"name": {sortKey(o.Name)}} },
	}
}

func regionSpec() store.Spec[Region] {
	return store.Spec[Region]{
		Name:   "region",
		Orders: []store.Order{{"name"}},
		Meta:   func(r *Region) *store.Meta { return &r.Meta },
		Keys:   func(r *Region) store.Keys { return store.Keys{"name": {sortKey(r.Name)}} },
	}
}

func nameClaimSpec() store.Spec[nameClaim] {
	return store.Spec[nameClaim]{Name: "organisation_name", Meta: func(c *nameClaim) *store.Meta { return &c.Meta }}
}

// Organisation gives the organisation; a NotFound fault when there is none.
func (d *Directory) Organisation(ctx context.Context, id string) (*Organisation, error) {
	return found(d.organisations.Get(ctx, id))
}

// Region gives the region; a NotFound fault when there is none.
func (d *Directory) Region(ctx context.Context, id string) (*Region, error) {
	return found(d.regions.Get(ctx, id))
}

// OrganisationName is the name of the organisation; empty when there is none
// or the store does not answer.
func (d *Directory) OrganisationName(ctx context.Context, id string) string {
	if o, err := d.organisations.Get(ctx, id); err == nil {
		return o.Name
	}
	return ""
}

// RegionName is the name of the region; empty when there is none or the store
// does not answer.
func (d *Directory) RegionName(ctx context.Context, id string) string {
	if r, err := d.regions.Get(ctx, id); err == nil {
		return r.Name
	}
	return ""
}

// Organisations gives all organisations by name, ended ones too.
func (d *Directory) Organisations(ctx context.Context) ([]*Organisation, error) {
	return d.organisations.All(ctx, store.Query{Order: store.Order{"name"}})
}

// Regions gives all regions by name, ended ones too.
func (d *Directory) Regions(ctx context.Context) ([]*Region, error) {
	return d.regions.All(ctx, store.Query{Order: store.Order{"name"}})
}

// AddOrganisation makes an organisation. The name must be new; an Invalid
// fault says so at the field «organisatie».
func (d *Directory) AddOrganisation(ctx context.Context, v Viewer, name string) (*Organisation, error) {
	if err := Allow(v, "region", Create); err != nil {
		return nil, err
	}
	o := &Organisation{Meta: store.Meta{ID: store.NewID()}}
	var err error
	if o.Name, err = d.claimName(ctx, "organisatie", name, o.ID); err != nil {
		return nil, err
	}
	if err := d.organisations.Insert(ctx, o); err != nil {
		return nil, fmt.Errorf("add organisation: %w", err)
	}
	return o, nil
}

// AddRegion makes a region. The name must be new; an Invalid fault says so at
// the field «regio».
func (d *Directory) AddRegion(ctx context.Context, v Viewer, name string) (*Region, error) {
	if err := Allow(v, "region", Create); err != nil {
		return nil, err
	}
	r := &Region{Meta: store.Meta{ID: store.NewID()}}
	var err error
	if r.Name, err = d.claimName(ctx, "regio", name, r.ID); err != nil {
		return nil, err
	}
	if err := d.regions.Insert(ctx, r); err != nil {
		return nil, fmt.Errorf("add region: %w", err)
	}
	return r, nil
}

// RenameOrganisation gives an organisation another name.
func (d *Directory) RenameOrganisation(ctx context.Context, v Viewer, id, name string) error {
	if err := Allow(v, "region", Update); err != nil {
		return err
	}
	if _, err := d.Organisation(ctx, id); err != nil {
		return err
	}
	clean, err := d.claimName(ctx, "organisatie", name, id)
	if err != nil {
		return err
	}
	_, err = found(d.organisations.Update(ctx, id, func(o *Organisation) error { o.Name = clean; return nil }))
	return err
}

// RenameRegion gives a region another name.
func (d *Directory) RenameRegion(ctx context.Context, v Viewer, id, name string) error {
	if err := Allow(v, "region", Update); err != nil {
		return err
	}
	if _, err := d.Region(ctx, id); err != nil {
		return err
	}
	clean, err := d.claimName(ctx, "regio", name, id)
	if err != nil {
		return err
	}
	_, err = found(d.regions.Update(ctx, id, func(r *Region) error { r.Name = clean; return nil }))
	return err
}

// EndOrganisation closes an organisation for new accounts, or opens it again.
func (d *Directory) EndOrganisation(ctx context.Context, v Viewer, id string) error {
	if err := Allow(v, "region", Act); err != nil {
		return err
	}
	_, err := found(d.organisations.Update(ctx, id, func(o *Organisation) error { o.Ended = d.flip(o.Ended); return nil }))
	return err
}

// EndRegion closes a region for new accounts, or opens it again.
func (d *Directory) EndRegion(ctx context.Context, v Viewer, id string) error {
	if err := Allow(v, "region", Act); err != nil {
		return err
	}
	_, err := found(d.regions.Update(ctx, id, func(r *Region) error { r.Ended = d.flip(r.Ended); return nil }))
	return err
}

func (d *Directory) flip(ended *time.Time) *time.Time {
	if ended != nil {
		return nil
	}
	now := d.now()
	return &now
}

// claimName checks a name and makes it the name of one thing of its sort. A
// claim whose thing has another name by now, or was never made, is taken over.
func (d *Directory) claimName(ctx context.Context, sort, name, id string) (string, error) {
	var f fault.Form
	clean, ok := cleanName(name)
	f.Require(ok, sort, "Vul een naam in van 2 tot 80 tekens.")
	if !ok {
		return "", f.Err("De naam is nog niet bewaard")
	}
	claim := &nameClaim{Meta: store.Meta{ID: sort + " " + sortKey(clean)}, For: id, At: d.now()}
	err := d.names.Insert(ctx, claim)
	if err == nil {
		return clean, nil
	}
	if !errors.Is(err, store.ErrExists) {
		return "", err
	}
	_, err = d.names.Update(ctx, claim.ID, func(c *nameClaim) error {
		if c.For == id {
			return store.Unchanged
		}
		if err := d.stillNamed(ctx, sort, c, sortKey(clean)); err != nil {
			return err
		}
		c.For, c.At = id, d.now()
		return nil
	})
	if errors.Is(err, errTaken) {
		f.Add(sort, "Deze naam bestaat al.")
		return "", f.Err("De naam is nog niet bewaard")
	}
	return clean, err
}

var errTaken = errors.New("people: taken by another")

// claimGrace is how long a claim stands without the thing it is for: making
// the two is two writes.
const claimGrace = time.Minute

// stillNamed is errTaken when what holds the claim has the name, or may be
// about to.
func (d *Directory) stillNamed(ctx context.Context, sort string, c *nameClaim, key string) error {
	if d.now().Sub(c.At) < claimGrace {
		return errTaken
	}
	name, err := d.nameOf(ctx, sort, c.For)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err == nil && sortKey(name) == key {
		return errTaken
	}
	return err
}

func (d *Directory) nameOf(ctx context.Context, sort, id string) (string, error) {
	if sort == "regio" {
		r, err := d.regions.Get(ctx, id)
		if err != nil {
			return "", err
		}
		return r.Name, nil
	}
	o, err := d.organisations.Get(ctx, id)
	if err != nil {
		return "", err
	}
	return o.Name, nil
}

// found turns the store's "no such document" into the fault that a person may
// read.
func found[T any](v *T, err error) (*T, error) {
	if errors.Is(err, store.ErrNotFound) {
		return nil, fault.NotFoundError()
	}
	return v, err
}

package markdown

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/text/unicode/norm"
)

// schemes are those that a link may have; an address without one points into
// this site.
var schemes = []string{"http", "https", "mailto", "tel"}

// harmless is the first lock: it takes out of the tree what may not be shown.
type harmless struct{ lower int } // levels that headings go down

// Transform lowers headings, turns images into links (a picture from
// elsewhere would tell its owner who reads what) and takes links apart whose
// address is not allowed.
func (h harmless) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	var links []ast.Node
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			n.Level = min(n.Level+h.lower, 6)
		case *extast.TableHeader:
			for cell := n.FirstChild(); cell != nil; cell = cell.NextSibling() {
				cell.SetAttributeString("scope", "col")
			}
		case *ast.Link, *ast.Image, *ast.AutoLink:
			links = append(links, n)
		}
		return ast.WalkContinue, nil
	})
	// Deepest first: an image may sit inside a link, and a link inside an
	// image's text.
	for _, n := range slices.Backward(links) {
		mendLink(n, reader.Source())
	}
}

func mendLink(n ast.Node, src []byte) {
	switch n := n.(type) {
	case *ast.AutoLink:
		if !allowedAddress(autoAddress(n, src)) || insideLink(n) {
			n.Parent().ReplaceChild(n.Parent(), n, ast.NewString(n.Label(src)))
		}
	case *ast.Link:
		n.Title = nil
		if !allowedAddress(resolved(n.Destination)) || insideLink(n) {
			unwrap(n)
		}
	case *ast.Image:
		if !n.HasChildren() {
			n.AppendChild(n, ast.NewString(n.Destination))
		}
		if !allowedAddress(resolved(n.Destination)) || insideLink(n) {
			unwrap(n)
			return
		}
		link := ast.NewLink()
		link.Destination = n.Destination
		n.Parent().InsertBefore(n.Parent(), n, link)
		moveChildren(n, link.AppendChild, link)
		n.Parent().RemoveChild(n.Parent(), n)
	}
}

// resolved is the address that goldmark's renderer makes of what was typed.
func resolved(destination []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(destination))))
}

func autoAddress(n *ast.AutoLink, src []byte) string {
	address := string(n.URL(src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(address), "mailto:") {
		return "mailto:" + address
	}
	return address
}

// insideLink tells whether n has a link above it: HTML knows no link in a link.
func insideLink(n ast.Node) bool {
	for p := n.Parent(); p != nil; p = p.Parent() {
		if p.Kind() == ast.KindLink || p.Kind() == ast.KindImage {
			return true
		}
	}
	return false
}

// unwrap puts the children of n in its place.
func unwrap(n ast.Node) {
	parent := n.Parent()
	moveChildren(n, func(self, child ast.Node) { parent.InsertBefore(self, n, child) }, parent)
	parent.RemoveChild(parent, n)
}

func moveChildren(from ast.Node, put func(self, child ast.Node), self ast.Node) {
	for child := from.FirstChild(); child != nil; {
		next := child.NextSibling()
		put(self, child)
		child = next
	}
}

// allowedAddress tells whether a link may point there. An address that starts
// with two slashes leaves the site without saying so, and a backslash is read as
// a slash by browsers.
func allowedAddress(address string) bool {
	if strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\x00\t\r\n") {
		return false
	}
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	return u.Scheme == "" || slices.Contains(schemes, u.Scheme) && whole(u)
}

// whole tells whether an address with a scheme says where it leads: browsers read
// https:x as a path on this site or as another site, as it suits them.
func whole(u *url.URL) bool {
	return u.Host != "" || u.Opaque != "" && (u.Scheme == "mailto" || u.Scheme == "tel")
}

// policy is the second lock: the tags and attributes that may leave at all.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := basePolicy()
	p.RequireNoFollowOnLinks(true)
	return p
})

// basePolicy is what messages and articles share.
func basePolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements(
		"p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li",
		"em", "strong", "del", "code", "pre", "table", "thead", "tbody", "tr", "th", "td",
	)
	p.AllowAttrs("id").Matching(regexp.MustCompile(`^kop-[a-z0-9-]+$`)).OnElements("h2", "h3", "h4", "h5", "h6")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("scope").Matching(regexp.MustCompile(`^col$`)).OnElements("th")
	p.AllowAttrs("href").Matching(regexp.MustCompile(`(?s)^(/?[^/\\].*|/?)$`)).OnElements("a")
	for _, scheme := range schemes {
		p.AllowURLSchemeWithCustomPolicy(scheme, whole)
	}
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	p.RequireNoReferrerOnFullyQualifiedLinks(true)
	return p
}

// headingIDs hands out ids for one document. goldmark's own drop letters with
// accents and look for a free number from one each time, which is quadratic.
type headingIDs struct {
	used map[string]bool
	next map[string]int
}

func newHeadingIDs() *headingIDs {
	return &headingIDs{used: map[string]bool{}, next: map[string]int{}}
}

// Generate returns a free id for a heading with this text.
func (h *headingIDs) Generate(value []byte, _ ast.NodeKind) []byte {
	base := "kop-" + slug(string(value))
	id := base
	for h.used[id] {
		h.next[base]++
		id = base + "-" + strconv.Itoa(h.next[base]+1)
	}
	h.used[id] = true
	return []byte(id)
}

// Put marks an id as taken.
func (h *headingIDs) Put(value []byte) { h.used[string(value)] = true }

// slug names a heading.
func slug(heading string) string {
	if s := fold(heading); s != "" {
		return s
	}
	return "deel"
}

// fold keeps letters without their accents and digits, at most 60 of them, with
// hyphens for what is between.
func fold(words string) string {
	var s strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(strings.ToLower(words)) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		if !('a' <= r && r <= 'z' || '0' <= r && r <= '9') {
			gap = s.Len() > 0
			continue
		}
		if gap {
			s.WriteByte('-')
			gap = false
		}
		s.WriteRune(r)
		if s.Len() >= 60 {
			break
		}
	}
	return s.String()
}

package markdown

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
)

// ODTOptions says what a document is called and where its links go.
type ODTOptions struct {
	Title    string // the heading above the text and the title of the file; text
	Language string // as in "nl-NL", which it is when empty
	// Link is as in [ArticleOptions]; its addresses must be whole ones.
	Link func(slug string) (href, title string, ok bool)
	// Base goes before addresses that point into this site, as in
	// "https://ruggespraak.example.nl"; without it these are text.
	Base string
}

// ODT writes an article as an OpenDocument text: the same text gives the same
// bytes, and nothing in them tells who made the file, with what or when. It
// returns a fault of kind Invalid when the text is refused. Safe for several
// goroutines.
func ODT(source string, o ODTOptions) ([]byte, error) {
	tree, src, err := parseArticle(source, o.Link)
	if err != nil {
		return nil, err
	}
	o.Language = cmp.Or(o.Language, "nl-NL")
	content := newODTWriter(src, o).document(tree)
	language, country, _ := strings.Cut(o.Language, "-")
	return pack([]part{
		{"META-INF/manifest.xml", odtManifest},
		{"meta.xml", fmt.Sprintf(odtMeta, escapeXML(o.Title), escapeXML(o.Language))},
		{"styles.xml", strings.NewReplacer("{language}", escapeXML(language), "{country}", escapeXML(cmp.Or(country, "none"))).Replace(odtStyles)},
		{"content.xml", content},
	})
}

const odtType = "application/vnd.oasis.opendocument.text"

// part is one file in the package.
type part struct{ name, text string }

// pack puts the parts in a zip, all with one date. The type of the document comes
// first, not compressed and with its length before it, so that it can be read at
// a fixed place.
func pack(parts []part) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	kind := fixed("mimetype", zip.Store)
	kind.CreatorVersion, kind.ReaderVersion = 20, 20
	kind.CRC32 = crc32.ChecksumIEEE([]byte(odtType))
	kind.CompressedSize64, kind.UncompressedSize64 = uint64(len(odtType)), uint64(len(odtType))
	w, err := z.CreateRaw(kind)
	if err != nil {
		return nil, fmt.Errorf("pack the type: %w", err)
	}
	if _, err := io.WriteString(w, odtType); err != nil {
		return nil, fmt.Errorf("pack the type: %w", err)
	}
	for _, p := range parts {
		w, err := z.CreateHeader(fixed(p.name, zip.Deflate))
		if err != nil {
			return nil, fmt.Errorf("pack %s: %w", p.name, err)
		}
		if _, err := io.WriteString(w, p.text); err != nil {
			return nil, fmt.Errorf("pack %s: %w", p.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("pack the document: %w", err)
	}
	return out.Bytes(), nil
}

// fixed heads a file of 1 January 2000. The field for dates that is not deprecated
// adds another to the file, which OpenDocument forbids for the type.
func fixed(name string, method uint16) *zip.FileHeader {
	const newYear2000 = 20<<9 | 1<<5 | 1
	//lint:ignore SA1019 see above
	return &zip.FileHeader{Name: name, Method: method, ModifiedDate: newYear2000}
}

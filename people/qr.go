package people

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// quietZone is the white edge that a QR code needs, in modules.
const quietZone = 4

// QR is a QR code to be drawn as one path in an SVG of Size by Size.
type QR struct {
	Size int
	Path string
}

// newQR draws the text. Each run of black modules in a row is one bar.
func newQR(text string) (QR, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return QR{}, fmt.Errorf("draw QR code: %w", err)
	}
	n := code.Bounds().Dx()
	black := func(x, y int) bool { return x < n && code.At(x, y) == color.Black }
	var path strings.Builder
	for y := range n {
		for x := 0; x < n; x++ {
			from := x
			for black(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", from+quietZone, y+quietZone, x-from, x-from)
			}
		}
	}
	return QR{Size: n + 2*quietZone, Path: path.String()}, nil
}

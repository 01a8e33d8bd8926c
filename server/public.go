package server

import (
	"fmt"
	"io/fs"
	"mime"
	"path"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/assets"
	"ruggespraak/frontend/pages/general"
	"ruggespraak/internal/fault"
)

// live tells that the process answers.
func (s *Server) live(c *fiber.Ctx) error { return c.SendString("leeft") }

// ready tells whether requests can be served; why not stands in the log.
func (s *Server) ready(c *fiber.Ctx) error {
	if err := s.svc.Ready(ctx(c)); err != nil {
		s.cfg.Log.Warn("not ready", "err", err)
		return c.Status(fiber.StatusServiceUnavailable).SendString("niet gereed")
	}
	return c.SendString("gereed")
}

// foreverKept is how a hashed asset may be kept: its name changes with its bytes.
const foreverKept = "public, max-age=31536000, immutable"

// asset serves a built file, compressed where the browser takes it.
func (s *Server) asset(c *fiber.Ctx) error {
	name := path.Base(c.Params("file"))
	body, encoding := s.readAsset(name, c.Get(fiber.HeaderAcceptEncoding))
	if body == nil || strings.HasSuffix(name, ".br") || strings.HasSuffix(name, ".gz") || name == "manifest.json" {
		return fault.NotFoundError()
	}
	if encoding != "" {
		c.Set(fiber.HeaderContentEncoding, encoding)
	}
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	c.Set(fiber.HeaderCacheControl, foreverKept)
	c.Set(fiber.HeaderContentType, mime.TypeByExtension(path.Ext(name)))
	return c.Send(body)
}

func (s *Server) readAsset(name, accepted string) (body []byte, encoding string) {
	for _, e := range []struct{ encoding, ending string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if !strings.Contains(accepted, e.encoding) {
			continue
		}
		if body, err := fs.ReadFile(assets.FS(), name+e.ending); err == nil {
			return body, e.encoding
		}
	}
	body, err := fs.ReadFile(assets.FS(), name)
	if err != nil {
		return nil, ""
	}
	return body, ""
}

// securityValid is how long security.txt says it holds; RFC 9116 advises less
// than a year.
const securityValid = 180 * 24 * time.Hour

// securityText is /.well-known/security.txt, RFC 9116.
func (s *Server) securityText(c *fiber.Ctx) error {
	if s.cfg.Contact == "" {
		return fault.NotFoundError()
	}
	contact := s.cfg.Contact
	if !strings.Contains(contact, ":") {
		contact = "mailto:" + contact
	}
	expires := s.svc.Real().Add(securityValid).Truncate(24 * time.Hour)
	c.Type("txt", "utf-8")
	return c.SendString(fmt.Sprintf("Contact: %s\nExpires: %s\nPreferred-Languages: nl, en\n", contact, expires.Format(time.RFC3339)))
}

func (s *Server) accessibility(c *fiber.Ctx) error {
	return s.render(c, fiber.StatusOK, general.Accessibility(s.narrow(c, "Toegankelijkheid")))
}

func (s *Server) privacy(c *fiber.Ctx) error {
	return s.render(c, fiber.StatusOK, general.Privacy(s.narrow(c, "Privacy")))
}

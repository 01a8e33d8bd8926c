// Serves a folder of pages and the built assets as the program would: under
// /assets/, with the content security policy of every page.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { root } from "./rig.mjs";

export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
  "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** Starts the server; answer(request, body) may answer what is no file. */
export async function serveFolder(folder, answer = () => undefined) {
  const server = createServer(async (request, response) => {
    const body = await text(request).catch(() => ""); // the page went away
    const path = normalize(new URL(request.url, "http://x").pathname);
    const own = answer(request, body, path);
    if (own) return response.writeHead(own.status ?? 200, { "Content-Type": own.type }).end(own.body);
    const file = path.startsWith("/assets/")
      ? join(root, "frontend/dist", path.slice("/assets/".length))
      : join(folder, path);
    try {
      const bytes = await readFile(file);
      const type = TYPES[extname(file)] ?? "application/octet-stream";
      response.writeHead(200, { "Content-Type": type, "Content-Security-Policy": POLICY }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  const stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url, stop };
}

async function text(stream) {
  let body = "";
  for await (const chunk of stream) body += chunk;
  return body;
}

/** Writes the gallery into a folder. */
export async function writeGallery(folder) {
  const { execFileSync } = await import("node:child_process");
  execFileSync("go", ["run", "./frontend/gallery", "-out", folder], { cwd: root, stdio: "inherit" });
}

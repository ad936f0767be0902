// What pages gain from a browser with JavaScript. Reading and downloading need none of it.
import "htmx.org";
import "./look.js";
import "./once.js";
import "./upload.js";
import "./small.js";
import "./seen.js";

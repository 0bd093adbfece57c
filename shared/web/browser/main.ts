/**
 * What a browser does on top of pages that work without it. One function for each topic, each of which looks for
 * its own elements and leaves a page without them alone.
 */
import { amounts } from "./amounts.ts";
import { photos } from "./photos.ts";
import { sendOnce } from "./send-once.ts";

sendOnce(document);
photos(document);
amounts(document);

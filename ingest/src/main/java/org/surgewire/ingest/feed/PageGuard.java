package org.surgewire.ingest.feed;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * Tells answers with status 200 that are none: walls against robots, error pages, HTML where XML or JSON was asked for.
 * The words are looked for in short pages only: a release may write about a captcha.
 */
final class PageGuard {
    private static final int SHORT = 2500;

    private static final Pattern WALL =
            Pattern.compile("just a moment|attention required|checking (if the site connection|your browser)"
                    + "|verify(ing)? (that )?you are (a )?human|are you (a robot|human)|not a robot|captcha"
                    + "|pardon our interruption|enable javascript and cookies to continue"
                    + "|request (unsuccessful|was blocked|rejected)|unusual (traffic|activity)"
                    + "|(don.t|do not) have permission to access|bot (detection|protection)|access denied"
                    + "|you have been blocked");

    private static final Pattern WALL_SCRIPT =
            Pattern.compile("_incapsula_resource|cf-chl|challenge-platform|captcha-delivery|px-captcha|awswaf");

    private static final Pattern ERROR = Pattern.compile(
            "^\\W*(error|oops|sorry)\\b|\\b(page|file|resource|site) (was |is |could )?(not|not be|cannot be) found\\b"
                    + "|\\b(page|content) (you requested )?(is not|not|no longer) available\\b"
                    + "|\\b(4\\d\\d|5\\d\\d)\\b.{0,20}\\b(error|not found|forbidden|unavailable|gateway|gone)\\b"
                    + "|\\b(internal server error|bad gateway|gateway time-?out|service (temporarily )?unavailable)\\b"
                    + "|\\b(temporarily|currently) (unavailable|down|offline)\\b"
                    + "|\\b(scheduled|under(going)?|down for) maintenance\\b|\\bforbidden\\b");

    private PageGuard() {}

    /** Passes what may be XML. */
    static void xml(String text) throws FeedException {
        notEmpty(text);
        if (isHtml(text)) {
            html(text);
            throw new FeedException("HTML_FOR_XML", "an HTML page came where a feed was asked for");
        }
    }

    /** Passes what may be JSON. */
    static void json(String text) throws FeedException {
        notEmpty(text);
        if (text.stripLeading().startsWith("<")) {
            html(text);
            throw new FeedException("HTML_FOR_JSON", "a page came where JSON was asked for");
        }
    }

    /** Passes pages that may hold what was asked for; returns the page. */
    static Document html(String text) throws FeedException {
        notEmpty(text);
        Document page = Jsoup.parse(text);
        String visible = page.body().text();
        if (visible.length() <= SHORT) {
            String heading = (page.title() + " | " + page.select("h1, h2").text()).toLowerCase(Locale.ROOT);
            String all = (heading + " | " + visible).toLowerCase(Locale.ROOT);
            String html = text.toLowerCase(Locale.ROOT);
            if (WALL.matcher(all).find() || WALL_SCRIPT.matcher(html).find()) {
                throw new FeedException("BOT_WALL", "a wall against robots came: " + brief(page, visible));
            }
            if (ERROR.matcher(heading).find()
                    || (heading.length() < 5 && ERROR.matcher(all).find())) {
                throw new FeedException("ERROR_PAGE", "an error page came: " + brief(page, visible));
            }
        }
        return page;
    }

    private static void notEmpty(String text) throws FeedException {
        if (text.isBlank()) {
            throw new FeedException("EMPTY", "an empty answer came");
        }
    }

    private static boolean isHtml(String text) {
        String start = text.substring(0, Math.min(text.length(), 2000)).toLowerCase(Locale.ROOT);
        return start.contains("<!doctype html") || start.contains("<html");
    }

    private static String brief(Document page, String visible) {
        String line = page.title().isBlank() ? visible.isBlank() ? "a page without text" : visible : page.title();
        return "\"" + (line.length() > 80 ? line.substring(0, 80) + "…" : line) + "\"";
    }
}

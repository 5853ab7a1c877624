package org.surgewire.ingest.feed;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * RSS and Atom as they are written: prefixes that nobody declared, HTML entities, elements of the one inside the other, a
 * feed cut off in the middle. Read with jsoup's XML parser, which knows no document types: no external entity is ever
 * opened, and no entity of the document expanded.
 */
final class XmlFeed {
    private static final Set<String> PREFIXES = Set.of("", "atom", "a10", "content", "dc", "dcterms", "dct", "rss");
    private static final Set<String> ROOTS = Set.of("rss", "feed", "rdf");
    private static final Pattern END = Pattern.compile("(?i)</([a-z0-9]+:)?(rss|feed|rdf)\\s*>\\s*(<!--.*?-->\\s*)*$");
    private static final Pattern CUT = Pattern.compile(
            "(?i)(…|\\.\\.\\.|\\[\\s*(…|\\.\\.\\.)\\s*]|\\bread (more|the full[^\\n]*)|continue reading|more)\\s*[»>→]*\\s*$");

    private final Body body;
    private final ZoneId zone;
    private final List<Problem> problems;
    private final List<Entry> entries = new ArrayList<>();
    private final Taken taken;
    private @Nullable Dated channel;

    /** An entry and the HTML that it holds. */
    record Entry(Item item, String html) {}

    private XmlFeed(Body body, ZoneId zone, List<Problem> problems) {
        this.body = body;
        this.zone = zone;
        this.problems = problems;
        this.taken = new Taken(body.text());
    }

    static XmlFeed read(Body body, ZoneId zone, List<Problem> problems) throws FeedException {
        PageGuard.xml(body.text());
        var feed = new XmlFeed(body, zone, problems);
        feed.read();
        return feed;
    }

    /** In the order of the feed. */
    List<Entry> entries() {
        return entries;
    }

    /** The date the feed gives for itself. */
    @Nullable
    Dated channel() {
        return channel;
    }

    private void read() throws FeedException {
        Document document = Jsoup.parse(body.text(), Parser.xmlParser());
        Element root = document.firstElementChild();
        if (root == null || !ROOTS.contains(local(root))) {
            throw new FeedException(
                    "NOT_A_FEED",
                    root == null ? "what came is no XML" : "the XML's first element is <" + root.tagName() + ">");
        }
        List<Element> items = root.getAllElements().stream()
                .filter(each -> known(each)
                        && (local(each).equals("item") || local(each).equals("entry")))
                .toList();
        if (!END.matcher(body.text()).find()) {
            boolean inside = !items.isEmpty() && unclosed(body.text());
            items = inside ? items.subList(0, items.size() - 1) : items;
            problems.add(
                    Problem.of("TRUNCATED", "the feed is cut off" + (inside ? "; its last entry is left out" : "")));
        }
        if (items.isEmpty()) {
            problems.add(Problem.of("EMPTY_FEED", "the feed has no entries"));
        }
        Element head = root.children().stream()
                .filter(each -> local(each).equals("channel"))
                .findFirst()
                .orElse(root);
        channel = date(head, "lastbuilddate", "pubdate", "updated");
        for (Element each : items) {
            entry(each);
        }
    }

    /** Whether the last entry was opened and not closed. */
    private static boolean unclosed(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return Math.max(lower.lastIndexOf("<item"), lower.lastIndexOf("<entry"))
                > Math.max(lower.lastIndexOf("</item"), lower.lastIndexOf("</entry"));
    }

    private void entry(Element element) throws FeedException {
        String title = HtmlText.line(value(element, "title"));
        String guid = value(element, "guid", "id").strip();
        String url = url(element, guid);
        if (url == null) {
            problems.add(new Problem(
                    "NO_LINK", "an entry has no link: \"" + brief(title) + "\"", taken.add(element.outerHtml())));
            return;
        }
        String html = longest(element, "encoded", "content", "description", "summary");
        String text = HtmlText.without(title, HtmlText.of(html));
        Dated published = date(element, "pubdate", "published", "issued", "date", "created");
        Dated updated = date(element, "updated", "modified");
        entries.add(new Entry(
                new Item(
                        url,
                        guid.isEmpty() ? null : guid,
                        null,
                        null,
                        title,
                        text,
                        published,
                        updated == null ? null : updated.at(),
                        isPartial(text),
                        false),
                html));
    }

    /** Whether a text stops short: cut off with dots or a link to the rest, or as long as teasers are. */
    static boolean isPartial(String text) {
        return text.length() < 300 || CUT.matcher(text).find();
    }

    private @Nullable String url(Element element, String guid) {
        for (Element link : children(element, "link", "origlink")) {
            String rel = link.attr("rel");
            if (rel.isEmpty() || rel.equals("alternate")) {
                String url = body.resolve(link.hasAttr("href") ? link.attr("href") : link.wholeText());
                if (url != null) {
                    return url;
                }
            }
        }
        boolean permaLink = children(element, "guid", "id").stream()
                .noneMatch(each -> each.attr("isPermaLink").equalsIgnoreCase("false"));
        return permaLink && guid.startsWith("http") ? body.resolve(guid) : null;
    }

    private @Nullable Dated date(Element element, String... names) {
        for (Element each : children(element, names)) {
            Dated date = Dates.find(each.wholeText(), zone);
            if (date != null) {
                return date;
            }
        }
        return null;
    }

    private String value(Element element, String... names) throws FeedException {
        for (Element each : children(element, names)) {
            String value = inner(each);
            if (!value.isBlank()) {
                return value;
            }
        }
        return "";
    }

    private String longest(Element element, String... names) throws FeedException {
        String longest = "";
        for (Element each : children(element, names)) {
            String value = inner(each);
            longest = value.length() > longest.length() ? value : longest;
        }
        return longest;
    }

    /** Text, or XHTML that stands in the feed as elements. */
    private String inner(Element element) throws FeedException {
        return taken.add(element.childrenSize() == 0 ? element.wholeText() : element.html());
    }

    /** Children by local name, those of the first name first. */
    private static List<Element> children(Element element, String... names) {
        List<Element> found = new ArrayList<>();
        for (String name : names) {
            for (Element child : element.children()) {
                if (local(child).equals(name) && (known(child) || name.equals("origlink"))) {
                    found.add(child);
                }
            }
        }
        return found;
    }

    private static String local(Element element) {
        String name = element.tagName();
        return name.substring(name.indexOf(':') + 1).toLowerCase(Locale.ROOT);
    }

    private static boolean known(Element element) {
        String name = element.tagName();
        return PREFIXES.contains(
                name.substring(0, Math.max(0, name.indexOf(':'))).toLowerCase(Locale.ROOT));
    }

    private static String brief(String title) {
        return title.length() > 80 ? title.substring(0, 80) + "…" : title;
    }
}

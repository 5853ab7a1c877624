package org.surgewire.ingest.feed;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeVisitor;

/** Plain text of HTML: a line a paragraph, a bullet before each item of a list, nothing that a browser hides. */
final class HtmlText {
    private static final Set<String> HIDDEN =
            Set.of("script", "style", "noscript", "template", "iframe", "svg", "button", "form", "head", "title");
    private static final Set<String> CELLS = Set.of("td", "th");
    private static final Pattern TAG = Pattern.compile("<(/?[a-zA-Z][a-zA-Z0-9]*)(\\s[^<>]*)?/?>");
    private static final Pattern ENTITY =
            Pattern.compile("&(amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[nm]dash|hellip|#\\d{2,6}|#x[0-9a-fA-F]{2,5});");

    private HtmlText() {}

    static String of(Element element) {
        var out = new StringBuilder();
        element.traverse(new NodeVisitor() {
            private int hidden;

            @Override
            public void head(Node node, int depth) {
                if (node instanceof Element each) {
                    String name = each.normalName();
                    if (HIDDEN.contains(name)) {
                        hidden++;
                    } else if (name.equals("li")) {
                        out.append("\n• ");
                    } else if (name.equals("br") || each.isBlock()) {
                        out.append('\n');
                    } else if (CELLS.contains(name)) {
                        out.append(' ');
                    }
                } else if (hidden == 0 && node instanceof TextNode text) {
                    out.append(text.getWholeText().replaceAll("\\s+", " "));
                }
            }

            @Override
            public void tail(Node node, int depth) {
                if (node instanceof Element each) {
                    if (HIDDEN.contains(each.normalName())) {
                        hidden--;
                    } else if (each.isBlock()) {
                        out.append('\n');
                    }
                }
            }
        });
        return lines(out.toString());
    }

    /** Of a feed's value, which may be text, HTML, or HTML whose entities were escaped once too often. */
    static String of(String value) {
        String once = value;
        for (int i = 0;
                i < 2 && !TAG.matcher(once).find() && ENTITY.matcher(once).find();
                i++) {
            once = Parser.unescapeEntities(once, false);
        }
        if (!TAG.matcher(once).find()) {
            return lines(once);
        }
        String text = of(Jsoup.parse(once).body());
        return ENTITY.matcher(text).find() ? lines(Parser.unescapeEntities(text, false)) : text;
    }

    /** Without a first line that repeats the title. */
    static String without(String title, String text) {
        if (text.equals(title)) {
            return "";
        }
        return !title.isEmpty() && text.startsWith(title + "\n") ? text.substring(title.length() + 1) : text;
    }

    /** The same in one line. */
    static String line(String value) {
        return of(value).replace("\n• ", " ").replace('\n', ' ');
    }

    private static String lines(String text) {
        return text.lines()
                .map(line -> line.replaceAll("[\\s\\u00a0\\u2007\\u202f]+", " ")
                        .replaceAll("[\\u200b\\u200c\\u200d\\u2060\\ufeff\\u00ad]", "")
                        .strip())
                .filter(line -> !line.isEmpty() && !line.equals("•"))
                .collect(Collectors.joining("\n"))
                .replace("•\n", "• ");
    }
}

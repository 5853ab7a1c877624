package org.surgewire.streams.feeds;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.xml.stream.XMLStreamException;
import org.surgewire.streams.query.AlertQueries.Evidence;
import org.surgewire.streams.query.AlertQueries.Item;
import org.surgewire.streams.query.AlertQueries.KnownItem;

/**
 * Alerts as an Atom feed (RFC 4287), an entry for each alert in its latest version. Ids are UUIDs made from the alert's
 * own, the same for ever; links are relative to the feed, so that it can be served under any address.
 */
public final class AtomFeed {
    private static final String NAMESPACE = "http://www.w3.org/2005/Atom";

    private AtomFeed() {}

    /**
     * The feed.
     *
     * @param self path and query under which it is served
     * @param alerts those that changed last first
     */
    public static String of(String self, List<KnownItem> alerts) {
        Instant updated = alerts.isEmpty() ? Instant.EPOCH : alerts.get(0).knownSince();
        return new XmlDocument("feed", NAMESPACE, xml -> {
                    xml.element("id", uuid("feed " + self));
                    xml.element("title", "Surgewire: surges of announced arrests");
                    xml.element("subtitle", "Announcements are not convictions, and silence is not zero.");
                    xml.element("updated", updated.toString());
                    xml.element("author", () -> xml.element("name", "Surgewire"));
                    xml.element("generator", "Surgewire");
                    link(xml, "self", "application/atom+xml", self, "");
                    for (KnownItem alert : alerts) {
                        xml.element("entry", () -> entry(xml, alert));
                    }
                })
                .toString();
    }

    private static void entry(XmlDocument xml, KnownItem known) throws XMLStreamException {
        Item alert = known.alert();
        String path = path(alert.id());
        xml.element("id", uuid("alert " + alert.id()));
        xml.element("title", title(alert));
        xml.element("updated", known.knownSince().toString());
        link(xml, "alternate", "application/json", path, "The alert with all its versions");
        link(xml, "related", "application/cap+xml", path + "/cap", "The alert in OASIS CAP 1.2");
        category(xml, "status", alert.status());
        category(xml, "severity", alert.severity());
        category(xml, "kind", alert.kind());
        category(xml, "jurisdiction", alert.jurisdiction().id());
        xml.element("summary", alert.reason());
        xml.element("content", () -> {
            xml.attribute("type", "html");
            xml.text(html(alert));
        });
    }

    /** The sentence; in front of it what has become of an alert that does not stand any more. */
    private static String title(Item alert) {
        return switch (alert.status()) {
            case "CLOSED", "CANCELLED" ->
                alert.status().charAt(0) + alert.status().substring(1).toLowerCase(Locale.ROOT) + ": " + alert.reason();
            default -> alert.reason();
        };
    }

    private static String html(Item alert) {
        var html = new StringBuilder("<p>").append(Html.escaped(alert.reason())).append("</p>");
        if (!alert.evidence().isEmpty()) {
            html.append("<ul>");
            for (Evidence evidence : alert.evidence()) {
                html.append("<li>").append(Html.evidence(evidence)).append("</li>");
            }
            html.append("</ul>");
        }
        return html.toString();
    }

    private static void link(XmlDocument xml, String rel, String type, String href, String title)
            throws XMLStreamException {
        xml.element("link", () -> {
            xml.attribute("rel", rel);
            xml.attribute("type", type);
            xml.attribute("href", href);
            if (!title.isEmpty()) {
                xml.attribute("title", title);
            }
        });
    }

    private static void category(XmlDocument xml, String scheme, String term) throws XMLStreamException {
        xml.element("category", () -> {
            xml.attribute("scheme", "urn:surgewire:" + scheme);
            xml.attribute("term", term);
        });
    }

    /** Where the API answers with an alert. */
    static String path(String alertId) {
        try {
            return new URI(null, null, "/v1/alerts/" + alertId, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no path: " + alertId, e);
        }
    }

    private static String uuid(String name) {
        return "urn:uuid:" + UUID.nameUUIDFromBytes(("surgewire " + name).getBytes(StandardCharsets.UTF_8));
    }
}

package org.surgewire.streams.feeds;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.query.AlertQueries.Evidence;
import org.surgewire.streams.query.AlertQueries.Item;
import org.surgewire.streams.query.AlertQueries.KnownItem;

/**
 * A version of an alert in OASIS Common Alerting Protocol 1.2: Alert when it opens, Update when it changes or closes,
 * Cancel when it is taken back. Update and Cancel refer to every version before.
 *
 * <p>An alert tells what was announced, so its urgency is Past, or Future for a planned operation; its certainty is
 * Observed, or Likely for a plan. Severity goes by the number of arrests and says nothing of a danger.
 */
public final class CapMessage {
    private static final String NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2";

    /** The standard forbids "Z", and writes UTC as -00:00. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss'-00:00'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final int LONGEST_HEADLINE = 160;
    private static final int MOST_RESOURCES = 10;

    private CapMessage() {}

    /**
     * The message.
     *
     * @param sender who sends it, without spaces, commas, {@code <} and {@code &}
     * @param versions the alert up to the version that is told, the latest first
     */
    public static String of(Jurisdictions jurisdictions, String sender, List<KnownItem> versions) {
        KnownItem told = versions.get(0);
        Item alert = told.alert();
        return new XmlDocument("alert", NAMESPACE, xml -> {
                    xml.element("identifier", identifier(alert));
                    xml.element("sender", sender);
                    xml.element("sent", time(told.knownSince()));
                    xml.element("status", "Actual");
                    xml.element("msgType", messageType(alert));
                    xml.element("scope", "Public");
                    if (!messageType(alert).equals("Alert") && versions.size() > 1) {
                        xml.element("references", references(sender, versions.subList(1, versions.size())));
                    }
                    xml.element("info", () -> info(xml, jurisdictions, told));
                })
                .toString();
    }

    private static void info(XmlDocument xml, Jurisdictions jurisdictions, KnownItem told) throws XMLStreamException {
        Item alert = told.alert();
        boolean planned = alert.kind().equals("OPERATION_PLANNED");
        xml.element("language", "en-US");
        xml.element("category", "Security");
        xml.element("event", event(alert));
        xml.element("responseType", alert.open() ? "Monitor" : "None");
        xml.element("urgency", planned ? "Future" : "Past");
        xml.element("severity", severity(alert));
        xml.element("certainty", planned ? "Likely" : "Observed");
        if (!alert.open()) {
            xml.element("expires", time(told.knownSince()));
        }
        xml.element("senderName", "Surgewire");
        xml.element("headline", headline(alert));
        xml.element("description", description(alert));
        for (Evidence evidence : alert.evidence()) {
            if (XmlDocument.isWebAddress(evidence.url())) {
                xml.element("web", evidence.url());
                break;
            }
        }
        parameter(xml, "alertId", alert.id());
        parameter(xml, "version", Integer.toString(alert.version()));
        parameter(xml, "kind", alert.kind());
        parameter(xml, "firstDay", alert.firstDay().toString());
        parameter(xml, "lastDay", alert.lastDay().toString());
        parameter(xml, "announcedArrests", Long.toString(alert.observed()));
        parameter(xml, "expectedArrests", String.format(Locale.ROOT, "%.2f", alert.expected()));
        resources(xml, alert);
        xml.element("area", () -> {
            xml.element("areaDesc", alert.jurisdiction().name());
            geocode(xml, "OCD-ID", alert.jurisdiction().id());
            String code = jurisdictions
                    .find(alert.jurisdiction().id())
                    .map(CapMessage::sameCode)
                    .orElse("");
            if (!code.isEmpty()) {
                geocode(xml, "SAME", code);
            }
        });
    }

    private static void resources(XmlDocument xml, Item alert) throws XMLStreamException {
        List<Evidence> shown = alert.evidence().stream()
                .filter(each -> XmlDocument.isWebAddress(each.url()))
                .limit(MOST_RESOURCES)
                .toList();
        for (Evidence evidence : shown) {
            xml.element("resource", () -> {
                xml.element("resourceDesc", evidence.title().isEmpty() ? "Release" : evidence.title());
                xml.element("mimeType", "text/html");
                xml.element("uri", evidence.url());
            });
        }
    }

    private static String messageType(Item alert) {
        return switch (alert.status()) {
            case "OPENED" -> "Alert";
            case "CANCELLED" -> "Cancel";
            default -> "Update";
        };
    }

    /** No spaces, commas, {@code <} and {@code &}: they part references. */
    private static String identifier(Item alert) {
        return URLEncoder.encode(alert.id(), StandardCharsets.UTF_8) + ".v" + alert.version();
    }

    private static String references(String sender, List<KnownItem> earlier) {
        List<String> references = new ArrayList<>();
        for (KnownItem each : earlier) {
            references.add(0, sender + "," + identifier(each.alert()) + "," + time(each.knownSince()));
        }
        return String.join(" ", references);
    }

    private static String event(Item alert) {
        return switch (alert.kind()) {
            case "SURGE" -> "Surge of announced arrests";
            case "LULL" -> "Lull in announced arrests";
            case "OPERATION_PLANNED" -> "Enforcement operation planned";
            case "OPERATION_LAUNCHED" -> "Enforcement operation launched";
            case "OPERATION_SPREAD" -> "Enforcement operation spreads";
            case "OPERATION_STEP" -> "Enforcement operation grows";
            case "OPERATION_SURGE" -> "Surge of an enforcement operation";
            case "OPERATION_CONCLUDED" -> "Enforcement operation concluded";
            case "SOURCE_SILENT" -> "Source of announcements is silent";
            case "SOURCE_RESTAMPED" -> "Source of announcements dates everything alike";
            default -> alert.kind();
        };
    }

    private static String severity(Item alert) {
        return switch (alert.severity()) {
            case "EXTREME" -> "Extreme";
            case "SEVERE" -> "Severe";
            case "MODERATE" -> "Moderate";
            case "MINOR", "INFO" -> "Minor";
            default -> "Unknown";
        };
    }

    private static String headline(Item alert) {
        String reason = alert.reason();
        if (reason.codePointCount(0, reason.length()) <= LONGEST_HEADLINE) {
            return reason;
        }
        return reason.substring(0, reason.offsetByCodePoints(0, LONGEST_HEADLINE - 1)) + "…";
    }

    private static String description(Item alert) {
        var text = new StringBuilder(
                switch (alert.status()) {
                    case "CANCELLED" -> "Taken back, since what it rested on was withdrawn or corrected. It said: ";
                    case "CLOSED" -> "Closed. ";
                    default -> "";
                });
        text.append(alert.reason());
        for (Evidence evidence : alert.evidence()) {
            text.append(String.format(Locale.ROOT, "%n%,d announced arrests: %s", evidence.best(), evidence.title()));
            if (!evidence.sentence().isEmpty()) {
                text.append(": “").append(evidence.sentence()).append('”');
            }
        }
        return text.append("\nAnnouncements are not convictions, and an arrest is not guilt.")
                .toString();
    }

    /** Six digits as US warning systems use them: 0, state, county; 000 for all of a state. Empty for a place. */
    private static String sameCode(Jurisdiction of) {
        return switch (of.level()) {
            case "country" -> "000000";
            case "state", "district", "territory" -> of.geoid().length() == 2 ? "0" + of.geoid() + "000" : "";
            case "county" -> of.geoid().length() == 5 ? "0" + of.geoid() : "";
            default -> "";
        };
    }

    private static void parameter(XmlDocument xml, String name, String value) throws XMLStreamException {
        xml.element("parameter", () -> named(xml, name, value));
    }

    private static void geocode(XmlDocument xml, String name, String value) throws XMLStreamException {
        xml.element("geocode", () -> named(xml, name, value));
    }

    private static void named(XmlDocument xml, String name, String value) throws XMLStreamException {
        xml.element("valueName", name);
        xml.element("value", value);
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }
}

package org.surgewire.streams.deliveries;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.alerts.AlertFilter;
import org.surgewire.streams.deliveries.MailServer.Security;
import org.surgewire.streams.deliveries.Subscription.Daily;
import org.surgewire.streams.deliveries.Subscription.Mail;
import org.surgewire.streams.deliveries.Subscription.Target;
import org.surgewire.streams.deliveries.Subscription.Webhook;

/** The file format. Every mistake is told with the line or the subscription's id and what to write; no secret is. */
final class SubscriptionsYaml {
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern HOUR = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");
    private static final String SECRET = "whsec_";
    private static final int LONGEST_ID = 100;
    private static final int SHORTEST_SECRET = 24;
    private static final int LONGEST_SECRET = 64;

    private record FileEntry(@Nullable MailEntry mail, @Nullable List<@Nullable Entry> subscriptions) {}

    private record MailEntry(
            @Nullable String server,
            @Nullable Integer port,
            @Nullable String security,
            @Nullable String user,
            @Nullable SecretEntry password,
            @Nullable String from,
            @Nullable String unsubscribe) {}

    private record Entry(
            @Nullable String id,
            @Nullable WebhookEntry webhook,
            @Nullable String mail,
            @Nullable String jurisdiction,
            @Nullable String operation,
            @Nullable String severity,
            @Nullable String daily,
            @Nullable String zone) {}

    private record WebhookEntry(
            @Nullable String url, @Nullable SecretEntry secret, @JsonProperty("private") @Nullable Boolean isPrivate) {}

    private record SecretEntry(@Nullable String env, @Nullable String file) {}

    private final Path file;
    private final Map<String, String> environment;

    private SubscriptionsYaml(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    static Subscriptions read(Path file, String yaml, Map<String, String> environment) throws IOException {
        var reader = new SubscriptionsYaml(file, environment);
        FileEntry content;
        try {
            content = YAML.readValue(yaml, FileEntry.class);
        } catch (JsonProcessingException e) {
            throw reader.malformed(e, yaml);
        }
        if (content == null || content.subscriptions() == null) {
            throw new IOException(file + ": holds no subscriptions; list them under subscriptions:");
        }
        List<Subscription> all = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Entry entry : content.subscriptions()) {
            Subscription subscription = reader.subscription(entry, all.size() + 1);
            if (!ids.add(subscription.id())) {
                throw new IOException(file + ", subscription " + subscription.id()
                        + ": there are two with this id; give one another");
            }
            if (subscription.target() instanceof Mail && content.mail() == null) {
                throw new IOException(file + ", subscription " + subscription.id()
                        + ": goes by mail, and no server is named; write mail: with server, from and unsubscribe");
            }
            all.add(subscription);
        }
        return new Subscriptions(all, content.mail() == null ? null : reader.mailServer(content.mail()));
    }

    private IOException malformed(JsonProcessingException e, String yaml) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return new IOException(
                    entryOf(unknown, yaml) + "unknown field \"" + unknown.getPropertyName()
                            + "\"; the fields here are "
                            + unknown.getKnownPropertyIds().stream()
                                    .map(Object::toString)
                                    .sorted()
                                    .collect(Collectors.joining(", ")),
                    e);
        }
        JsonLocation at = e.getLocation();
        String where = file + (at == null || at.getLineNr() < 0 ? "" : ", line " + at.getLineNr());
        String first = Objects.toString(e.getOriginalMessage(), "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
        // A secret written where a reference to one belongs would be part of the message and of the cause.
        boolean isSecret = e instanceof JsonMappingException mapping
                && mapping.getPath().stream()
                        .anyMatch(
                                each -> "secret".equals(each.getFieldName()) || "password".equals(each.getFieldName()));
        return isSecret
                ? new IOException(where + ": a secret is no text here; write env: or file: and where it is")
                : new IOException(where + ": not the YAML expected: " + first + "; correct this line", e);
    }

    private String entryOf(UnrecognizedPropertyException e, String yaml) {
        int index = e.getPath().stream()
                .mapToInt(Reference::getIndex)
                .filter(each -> each >= 0)
                .findFirst()
                .orElse(-1);
        if (index < 0) {
            return file + ": ";
        }
        try {
            String id = YAML.readTree(yaml)
                    .path("subscriptions")
                    .path(index)
                    .path("id")
                    .asText("number " + (index + 1));
            return file + ", subscription " + id + ": ";
        } catch (JsonProcessingException again) {
            return file + ", subscription number " + (index + 1) + ": ";
        }
    }

    private Subscription subscription(@Nullable Entry entry, int number) throws IOException {
        if (entry == null
                || entry.id() == null
                || entry.id().length() > LONGEST_ID
                || !ID.matcher(entry.id()).matches()) {
            throw new IOException(file + ", subscription number " + number
                    + ": needs an id of lower-case letters, digits and single hyphens, for example newsroom");
        }
        var check = new Check(file + ", subscription " + entry.id() + ": ");
        Target target;
        if (entry.webhook() != null) {
            check.that(entry.mail() == null, "has both webhook and mail; make two of it");
            target = check.webhook(entry.webhook());
        } else {
            check.that(entry.mail() != null, "goes nowhere; write webhook: or mail:");
            target = new Mail(check.address("mail", entry.mail()));
        }
        return new Subscription(entry.id(), target, check.filter(entry), check.daily(entry.daily(), entry.zone()));
    }

    private MailServer mailServer(MailEntry entry) throws IOException {
        var check = new Check(file + ", mail: ");
        String given = entry.security() == null ? Security.STARTTLS.label() : entry.security();
        Security security = Arrays.stream(Security.values())
                .filter(each -> each.label().equals(given))
                .findFirst()
                .orElseThrow(() -> check.wrong("security: \"" + given + "\" is none; choose from starttls, tls, none"));
        int port = entry.port() == null ? security.usualPort() : entry.port();
        check.that(port > 0 && port < 65_536, "port: " + port + " is none; write a number from 1 to 65535");
        check.that(
                (entry.user() == null) == (entry.password() == null),
                "user and password belong together; write both or none");
        String unsubscribe = check.required("unsubscribe", entry.unsubscribe());
        check.that(
                unsubscribe.matches("(mailto:[^\\s<>,]+@[^\\s<>,]+|https://[^\\s<>,]+)"),
                "unsubscribe: \"" + unsubscribe + "\" leads nowhere; write mailto:you@example.org or an https address");
        return new MailServer(
                check.required("server", entry.server()),
                port,
                security,
                entry.user(),
                entry.password() == null ? null : check.secret("password", entry.password()),
                check.address("from", entry.from()),
                unsubscribe);
    }

    /** Checks of the fields of one entry. */
    private final class Check {
        private final String where;

        Check(String where) {
            this.where = where;
        }

        IOException wrong(String what) {
            return new IOException(where + what.replaceAll("\\p{C}+", " "));
        }

        void that(boolean holds, String otherwise) throws IOException {
            if (!holds) {
                throw wrong(otherwise);
            }
        }

        String required(String field, @Nullable String value) throws IOException {
            if (value == null || value.isBlank()) {
                throw wrong("field " + field + " is missing or empty; write it");
            }
            return value.strip();
        }

        String address(String field, @Nullable String value) throws IOException {
            String given = required(field, value);
            try {
                InternetAddress[] addresses = InternetAddress.parse(given, true);
                that(addresses.length == 1, field + ": \"" + given + "\" is not one address; write one");
                addresses[0].validate();
                return given;
            } catch (AddressException e) {
                throw wrong(field + ": \"" + given + "\" is no address of e-mail; write one like desk@example.org");
            }
        }

        AlertFilter filter(Entry entry) throws IOException {
            String jurisdiction = entry.jurisdiction();
            that(
                    jurisdiction == null
                            || Jurisdictions.bundled().find(jurisdiction).isPresent(),
                    "jurisdiction: \"" + jurisdiction + "\" is unknown; write an Open Civic Data division id, which"
                            + " /v1/jurisdictions?query= finds by name");
            String severity = entry.severity() == null ? "info" : entry.severity();
            that(
                    AlertFilter.SEVERITIES.contains(severity.toUpperCase(Locale.ROOT)),
                    "severity: \"" + severity + "\" is none; choose from "
                            + AlertFilter.SEVERITIES.stream()
                                    .map(each -> each.toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(", ")));
            return new AlertFilter(jurisdiction, entry.operation(), severity.toUpperCase(Locale.ROOT));
        }

        @Nullable
        Daily daily(@Nullable String hour, @Nullable String zone) throws IOException {
            if (hour == null) {
                that(zone == null, "zone: belongs to daily; write daily: \"07:00\" too, or leave it out");
                return null;
            }
            that(HOUR.matcher(hour).matches(), "daily: \"" + hour + "\" is no hour; write it in quotes, as \"07:00\"");
            String named = required("zone", zone);
            try {
                return new Daily(LocalTime.parse(hour), ZoneId.of(named));
            } catch (DateTimeException e) {
                throw wrong("zone: \"" + named + "\" is unknown; write one like America/New_York");
            }
        }

        Webhook webhook(WebhookEntry entry) throws IOException {
            String given = required("webhook.url", entry.url());
            URI url;
            try {
                url = URI.create(given);
            } catch (IllegalArgumentException e) {
                throw wrong("webhook.url: \"" + given + "\" is no URL (" + e.getMessage() + "); correct it");
            }
            boolean http = "http".equals(url.getScheme());
            that(
                    (http || "https".equals(url.getScheme())) && url.getHost() != null && url.getUserInfo() == null,
                    "webhook.url: is no https URL; write the whole of it, without user or password");
            boolean isPrivate = Boolean.TRUE.equals(entry.isPrivate());
            that(
                    isPrivate || !http,
                    "webhook.url: goes over the Internet without TLS; write https://, or private: true for a receiver in"
                            + " your own network");
            if (entry.secret() == null) {
                throw wrong("webhook.secret: is missing; write env: or file: and where it is");
            }
            List<byte[]> secrets = new ArrayList<>();
            for (String each : secret("webhook.secret", entry.secret()).split("\\s+", -1)) {
                secrets.add(key(each));
            }
            return new Webhook(url, secrets, isPrivate);
        }

        private byte[] key(String secret) throws IOException {
            byte[] key = new byte[0];
            if (secret.startsWith(SECRET)) {
                try {
                    key = Base64.getDecoder().decode(secret.substring(SECRET.length()));
                } catch (IllegalArgumentException e) {
                    // Told below, without the secret.
                    key = new byte[0];
                }
            }
            that(
                    key.length >= SHORTEST_SECRET && key.length <= LONGEST_SECRET,
                    "webhook.secret: is none; make one with: echo whsec_$(openssl rand -base64 32)");
            return key;
        }

        String secret(String field, SecretEntry entry) throws IOException {
            that(
                    (entry.env() == null) != (entry.file() == null),
                    field + ": write one of env: and file:, and where it is");
            String value;
            if (entry.env() != null) {
                value = environment.get(entry.env());
                that(value != null && !value.isBlank(), field + ": variable " + entry.env() + " is not set; set it");
            } else {
                Path from = file.toAbsolutePath().resolveSibling(Objects.requireNonNull(entry.file()));
                try {
                    value = Files.readString(from);
                } catch (IOException e) {
                    throw wrong(field + ": cannot read " + from + "; put it there, or correct file:");
                }
                that(!value.isBlank(), field + ": " + from + " is empty; write the secret into it");
            }
            return Objects.requireNonNull(value).strip();
        }
    }
}

package org.surgewire.ingest.source;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.select.QueryParser;
import org.jsoup.select.Selector.SelectorParseException;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.source.Source.Article;
import org.surgewire.ingest.source.Source.Kind;
import org.surgewire.ingest.source.Source.ListPage;
import org.surgewire.ingest.source.Source.Politeness;
import org.surgewire.ingest.source.Source.Status;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/** The registry's file format. Every mistake is told with the line or the source's id and what to write instead. */
final class SourcesYaml {
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})\\s*(s|m|h|d)");
    /** The parser takes the square of the length of a text for some texts. */
    private static final int MOST_CHARACTERS = 1 << 20;

    private static final Duration SHORTEST_POLL = Duration.ofMinutes(1);
    private static final Politeness USUAL = new Politeness(Duration.ofSeconds(2), 240);

    private record FileEntry(@Nullable String contact, @Nullable List<@Nullable Entry> sources) {}

    private record Entry(
            @Nullable String id,
            @Nullable String publisher,
            @Nullable String jurisdiction,
            @Nullable String kind,
            @Nullable String address,
            @Nullable String zone,
            @Nullable String poll,
            @Nullable PolitenessEntry politeness,
            @Nullable String status,
            @Nullable String reason,
            @Nullable ListEntry list,
            @Nullable ArticleEntry article) {}

    private record PolitenessEntry(
            @Nullable String delay, @JsonProperty("requests-an-hour") @Nullable Integer requestsAnHour) {}

    private record ListEntry(
            @Nullable String entry,
            @Nullable String link,
            @Nullable String title,
            @Nullable String date,
            @Nullable String teaser,
            @Nullable String next) {}

    private record ArticleEntry(
            @Nullable String title, @Nullable String text, @Nullable String date, @Nullable List<String> remove) {}

    private final String file;

    private SourcesYaml(String file) {
        this.file = file;
    }

    static Sources read(String file, String yaml) throws SourcesException {
        var reader = new SourcesYaml(file);
        if (yaml.length() > MOST_CHARACTERS) {
            throw new SourcesException(
                    file + ": has " + yaml.length() + " characters; a registry may have " + MOST_CHARACTERS, null);
        }
        FileEntry content;
        try {
            content = YAML.readValue(yaml, FileEntry.class);
        } catch (JsonProcessingException e) {
            throw reader.malformed(e, yaml);
        }
        List<Source> sources = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        if (content == null || content.sources() == null || content.sources().isEmpty()) {
            throw new SourcesException(file + ": holds no sources; list them under sources:", null);
        }
        for (Entry entry : content.sources()) {
            Source source = reader.source(entry, sources.size() + 1);
            if (!ids.add(source.id())) {
                throw new SourcesException(
                        file + ", source " + source.id() + ": there are two with this id; give one another", null);
            }
            sources.add(source);
        }
        return new Sources(content.contact(), sources);
    }

    private SourcesException malformed(JsonProcessingException e, String yaml) {
        JsonLocation at = e.getLocation();
        String where = file + (at == null || at.getLineNr() < 0 ? "" : ", line " + at.getLineNr()) + ": ";
        if (e instanceof UnrecognizedPropertyException unknown) {
            return new SourcesException(
                    sourceOf(unknown, yaml) + "unknown field \"" + unknown.getPropertyName()
                            + "\"; the fields here are "
                            + unknown.getKnownPropertyIds().stream()
                                    .map(Object::toString)
                                    .sorted()
                                    .collect(Collectors.joining(", ")),
                    e);
        }
        String message = Objects.toString(e.getOriginalMessage(), "");
        String first = message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
        return new SourcesException(where + "not the YAML expected: " + first + "; correct this line", e);
    }

    /** A record's reader notices an unknown field at its end: the line would be that of the next source. */
    private String sourceOf(UnrecognizedPropertyException e, String yaml) {
        int index = e.getPath().stream()
                .mapToInt(Reference::getIndex)
                .filter(each -> each >= 0)
                .findFirst()
                .orElse(-1);
        if (index < 0) {
            return file + ": ";
        }
        try {
            String id =
                    YAML.readTree(yaml).path("sources").path(index).path("id").asText("number " + (index + 1));
            return file + ", source " + id + ": ";
        } catch (JsonProcessingException again) {
            return file + ", source number " + (index + 1) + ": ";
        }
    }

    private Source source(@Nullable Entry entry, int number) throws SourcesException {
        if (entry == null || entry.id() == null || !ID.matcher(entry.id()).matches()) {
            throw new SourcesException(
                    file + ", source number " + number
                            + ": needs an id of lower-case letters, digits and single hyphens, for example ice-newsroom",
                    null);
        }
        var check = new Check(entry.id());
        String address = check.required("address", entry.address());
        Kind kind = check.choice("kind", entry.kind(), Kind.values());
        check.address(kind, address);
        String jurisdiction = check.required("jurisdiction", entry.jurisdiction());
        check.that(
                Jurisdictions.bundled().find(jurisdiction).isPresent(),
                "jurisdiction: \"" + jurisdiction + "\" is unknown; write an Open Civic Data division id");
        Duration poll = entry.poll() == null ? Duration.ofHours(1) : check.duration("poll", entry.poll());
        check.that(
                poll.compareTo(SHORTEST_POLL) >= 0,
                "poll: more often than once a minute is impolite; write 1m or more");
        return new Source(
                entry.id(),
                check.required("publisher", entry.publisher()),
                jurisdiction,
                kind,
                address,
                check.zone(entry.zone()),
                poll,
                check.politeness(entry.politeness()),
                check.choice("status", entry.status(), Status.values()),
                check.required("reason", entry.reason()),
                check.list(kind, entry.list()),
                check.article(entry.article()));
    }

    /** Checks of one source's fields. */
    private final class Check {
        private final String id;

        Check(String id) {
            this.id = id;
        }

        void that(boolean holds, String otherwise) throws SourcesException {
            if (!holds) {
                throw wrong(otherwise, null);
            }
        }

        private SourcesException wrong(String what, @Nullable Throwable cause) {
            return new SourcesException(file + ", source " + id + ": " + what, cause);
        }

        String required(String field, @Nullable String value) throws SourcesException {
            if (value == null || value.isBlank()) {
                throw wrong("field " + field + " is missing or empty; write it", null);
            }
            return value.strip();
        }

        <E extends Enum<E>> E choice(String field, @Nullable String value, E[] choices) throws SourcesException {
            String given = required(field, value);
            for (E choice : choices) {
                if (label(choice).equals(given)) {
                    return choice;
                }
            }
            throw wrong(
                    field + ": \"" + given + "\" is none; choose from "
                            + Arrays.stream(choices).map(SourcesYaml::label).collect(Collectors.joining(", ")),
                    null);
        }

        void address(Kind kind, String address) throws SourcesException {
            if (kind.isLocal(address)) {
                return;
            }
            try {
                URI uri = URI.create(address);
                that(
                        ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                                && uri.getHost() != null
                                && uri.getUserInfo() == null,
                        "address: \"" + address
                                + "\" is no http or https URL; write the whole of it, without user or password");
            } catch (IllegalArgumentException e) {
                throw wrong("address: \"" + address + "\" is no URL (" + e.getMessage() + "); correct it", e);
            }
        }

        Duration duration(String field, String value) throws SourcesException {
            Matcher matcher = DURATION.matcher(value.strip());
            that(matcher.matches(), field + ": \"" + value + "\" is no time; write 10s, 30m, 2h or 1d");
            long number = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
        }

        ZoneId zone(@Nullable String value) throws SourcesException {
            String zone = required("zone", value);
            try {
                return ZoneId.of(zone);
            } catch (DateTimeException e) {
                throw wrong("zone: \"" + zone + "\" is unknown; write one like America/New_York", e);
            }
        }

        Politeness politeness(@Nullable PolitenessEntry entry) throws SourcesException {
            if (entry == null) {
                return USUAL;
            }
            int budget = entry.requestsAnHour() == null ? USUAL.requestsAnHour() : entry.requestsAnHour();
            that(budget > 0, "requests-an-hour: write a number above 0");
            return new Politeness(entry.delay() == null ? USUAL.delay() : duration("delay", entry.delay()), budget);
        }

        @Nullable
        ListPage list(Kind kind, @Nullable ListEntry entry) throws SourcesException {
            if (kind != Kind.HTML_LIST) {
                that(entry == null, "list: only a source of kind html-list has one; leave it out");
                return null;
            }
            if (entry == null) {
                throw wrong("list: an html-list needs CSS selectors; write at least entry and link", null);
            }
            return new ListPage(
                    selector("list.entry", required("list.entry", entry.entry())),
                    selector("list.link", required("list.link", entry.link())),
                    optional("list.title", entry.title()),
                    optional("list.date", entry.date()),
                    optional("list.teaser", entry.teaser()),
                    optional("list.next", entry.next()));
        }

        @Nullable
        Article article(@Nullable ArticleEntry entry) throws SourcesException {
            if (entry == null) {
                return null;
            }
            List<String> remove = entry.remove() == null ? List.of() : entry.remove();
            for (String each : remove) {
                selector("article.remove", each);
            }
            return new Article(
                    optional("article.title", entry.title()),
                    selector("article.text", required("article.text", entry.text())),
                    optional("article.date", entry.date()),
                    remove);
        }

        private @Nullable String optional(String field, @Nullable String selector) throws SourcesException {
            return selector == null ? null : selector(field, selector);
        }

        private String selector(String field, String selector) throws SourcesException {
            try {
                Objects.requireNonNull(QueryParser.parse(selector));
                return selector;
            } catch (SelectorParseException | IllegalArgumentException e) {
                throw wrong(field + ": \"" + selector + "\" is no CSS selector (" + e.getMessage() + ")", e);
            }
        }
    }

    private static String label(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

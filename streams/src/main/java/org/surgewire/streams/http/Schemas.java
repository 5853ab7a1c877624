package org.surgewire.streams.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.surgewire.schemas.topics.Topic;
import org.surgewire.schemas.topics.Topics;

/** The schema of every topic: all on one page at {@code /schemas}, each as Avro at {@code /schemas/{subject}}. */
final class Schemas {
    private final Map<String, String> bySubject = new LinkedHashMap<>();
    private final String page;

    Schemas(Topics topics) {
        topics.all()
                .forEach(topic -> bySubject.put(topic.subject(), topic.schema().toString()));
        page = page(topics.all());
    }

    void addTo(RoutesConfig routes) {
        routes.get("/schemas", context -> context.html(page));
        routes.get("/schemas/{subject}", this::raw);
    }

    private void raw(Context context) {
        String schema = bySubject.get(context.pathParam("subject"));
        if (schema == null) {
            throw ProblemException.notFound(
                    "no subject is called that; /schemas lists them", List.copyOf(bySubject.keySet()));
        }
        context.contentType("application/json").result(schema);
    }

    private static String page(List<Topic<?>> topics) {
        Set<Schema> records = new LinkedHashSet<>();
        topics.forEach(topic -> collect(topic.schema(), records));
        String contents = topics.stream()
                .map(topic -> "<tr><td><code>" + text(topic.name()) + "</code></td><td>" + text(topic.key())
                        + "</td><td>" + link(topic.schema()) + "</td><td><a href=\"schemas/" + text(topic.subject())
                        + "\">Avro</a></td></tr>")
                .collect(Collectors.joining("\n"));
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>Surgewire: the schemas</title>
                <link rel="icon" href="icon.svg" type="image/svg+xml">
                <link rel="stylesheet" href="docs.css">
                </head>
                <body>
                <header>
                <h1>Surgewire: the schemas</h1>
                <p>What every topic holds. Keys are plain strings, values Avro in the Confluent wire format.</p>
                <p><a href="asyncapi.yaml">asyncapi.yaml</a> · <a href="docs">the API</a> · <a href="./">the page</a></p>
                <div class="wide"><table>
                <thead><tr><th scope="col">topic</th><th scope="col">key</th><th scope="col">value</th><th scope="col">schema</th></tr></thead>
                <tbody>
                """
                + contents + "</tbody></table></div>\n</header>\n<main>\n"
                + records.stream().map(Schemas::section).collect(Collectors.joining())
                + "</main>\n</body>\n</html>\n";
    }

    /** A record and all that it holds, each once, in the order of the fields. */
    private static void collect(Schema of, Set<Schema> into) {
        switch (of.getType()) {
            case RECORD -> {
                if (into.add(of)) {
                    of.getFields().forEach(field -> collect(field.schema(), into));
                }
            }
            case ARRAY -> collect(of.getElementType(), into);
            case MAP -> collect(of.getValueType(), into);
            case UNION -> of.getTypes().forEach(each -> collect(each, into));
            default -> {}
        }
    }

    private static String section(Schema record) {
        return "<section id=\"" + text(record.getName()) + "\"><h2>" + text(record.getName()) + "</h2>\n<p>"
                + text(record.getDoc()) + "</p>\n<dl>\n"
                + record.getFields().stream()
                        .map(field -> "<dt><code>" + text(field.name()) + "</code> <span class=\"soft\">"
                                + type(field.schema()) + "</span></dt><dd>" + text(field.doc()) + "</dd>\n")
                        .collect(Collectors.joining())
                + "</dl>\n</section>\n";
    }

    private static String type(Schema of) {
        LogicalType logical = of.getLogicalType();
        if (logical != null) {
            return text(logical.getName());
        }
        return switch (of.getType()) {
            case RECORD -> link(of);
            case ARRAY -> "list of " + type(of.getElementType());
            case MAP -> "map of " + type(of.getValueType());
            case UNION -> of.getTypes().stream().map(Schemas::type).collect(Collectors.joining(" or "));
            default -> of.getType().getName();
        };
    }

    private static String link(Schema record) {
        return "<a href=\"#" + text(record.getName()) + "\">" + text(record.getName()) + "</a>";
    }

    private static String text(String plain) {
        return plain.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}

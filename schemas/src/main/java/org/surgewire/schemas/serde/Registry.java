package org.surgewire.schemas.serde;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A schema registry behind one or more URLs. Each call goes to the first URL that answers: an unreachable one and one
 * that answers 5xx or 429 is passed over. Answers are cached by Confluent's client, failures never. Thread-safe.
 */
public final class Registry {
    private static final int CACHE_CAPACITY = 1000;
    private static final int NOT_FOUND = 404;

    private final List<String> urls;
    private final List<SchemaRegistryClient> clients;
    private final boolean autoRegister;

    private Registry(List<String> urls, boolean autoRegister, Map<String, ?> settings) {
        this.urls = List.copyOf(urls);
        this.autoRegister = autoRegister;
        List<SchemaRegistryClient> opened = new ArrayList<>();
        for (String url : urls) {
            opened.add(SchemaRegistryClientFactory.newClient(
                    List.of(url), CACHE_CAPACITY, List.of(new AvroSchemaProvider()), settings, Map.of()));
        }
        this.clients = List.copyOf(opened);
    }

    /**
     * A registry whose schemas were registered beforehand: an unknown schema is an error. Nothing is sent yet.
     *
     * @param urls tried in this order; {@code mock://name} is a registry in this process for tests
     */
    public static Registry of(List<String> urls) {
        return of(urls, Map.of());
    }

    /**
     * As {@link #of(List)}, for a registry that asks for a login.
     *
     * @param settings of Confluent's client, for instance {@code schema.registry.basic.auth.user.info}
     */
    public static Registry of(List<String> urls, Map<String, String> settings) {
        Map<String, Object> all = new HashMap<>(timeouts());
        all.putAll(settings);
        return new Registry(urls, false, all);
    }

    /** A registry that takes new schemas as they are first written: for the embedded run and for tests. */
    public static Registry autoRegistering(String url) {
        return new Registry(List.of(url), true, timeouts());
    }

    private static Map<String, ?> timeouts() {
        return Map.of("http.connect.timeout.ms", 5_000, "http.read.timeout.ms", 10_000);
    }

    /**
     * Id of a schema under a subject.
     *
     * @throws RegistryException when it is not registered there, is incompatible, or no URL answers
     */
    public int idOf(String subject, Schema schema) {
        var parsed = new AvroSchema(schema);
        return ask(
                (autoRegister ? "register " : "look up ") + schema.getFullName() + " under subject " + subject,
                client -> autoRegister ? client.register(subject, parsed) : client.getId(subject, parsed));
    }

    /**
     * Registers a schema under a subject, whatever the mode, and returns its id. A schema that stands there already
     * keeps its id.
     *
     * @throws RegistryException when it is incompatible with the subject's versions or no URL answers
     */
    public int register(String subject, Schema schema) {
        return ask(
                "register " + schema.getFullName() + " under subject " + subject,
                client -> client.register(subject, new AvroSchema(schema)));
    }

    /** One version of a subject. */
    public record Version(int id, Schema schema) {}

    /** The versions of a subject, oldest first; none for a subject that does not exist. */
    public List<Version> versions(String subject) {
        try {
            return ask("read the versions of subject " + subject, client -> {
                List<Version> versions = new ArrayList<>();
                for (int number : client.getAllVersions(subject)) {
                    int id = client.getSchemaMetadata(subject, number).getId();
                    versions.add(new Version(id, schemaOf(id)));
                }
                return versions;
            });
        } catch (RegistryException e) {
            if (e.status() == NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    /** What keeps a schema from being the next version of a subject, in the registry's words; empty when nothing does. */
    public List<String> incompatibilities(String subject, Schema schema) {
        return ask(
                "compare " + schema.getFullName() + " with subject " + subject,
                client -> client.testCompatibilityVerbose(subject, new AvroSchema(schema)));
    }

    /** Has the registry refuse every version of a subject that cannot be read by, or read, each version before it. */
    public void requireFullTransitive(String subject) {
        ask(
                "set the compatibility of subject " + subject,
                client -> client.updateCompatibility(subject, "FULL_TRANSITIVE"));
    }

    /**
     * The schema with this id.
     *
     * @throws RegistryException when the id is unknown or no URL answers
     */
    public Schema schemaOf(int id) {
        Object raw =
                ask("read schema id " + id, client -> client.getSchemaById(id)).rawSchema();
        if (raw instanceof Schema schema) {
            return schema;
        }
        throw new RegistryException("schema id " + id + " at " + urls + " is not an Avro schema", 0, false, null);
    }

    private <T> T ask(String what, Call<T> call) {
        RegistryException last = null;
        for (int i = 0; i < clients.size(); i++) {
            try {
                return call.on(clients.get(i));
            } catch (RestClientException e) {
                boolean retriable = e.getStatus() >= 500 || e.getStatus() == 429;
                last = failure(what, urls.get(i), e.getStatus(), retriable, e);
                if (!retriable) {
                    throw last;
                }
            } catch (IOException e) {
                last = failure(what, urls.get(i), 0, true, e);
            }
        }
        throw last == null ? new IllegalStateException("a registry needs at least one URL") : last;
    }

    private static RegistryException failure(
            String what, String url, int status, boolean retriable, @Nullable Exception cause) {
        String answer = status == 0 ? "does not answer" : "answered " + status;
        String message = cause == null ? "" : ": " + cause.getMessage();
        return new RegistryException(
                "cannot " + what + ": the schema registry at " + url + " " + answer + message,
                status,
                retriable,
                cause);
    }

    private interface Call<T> {
        T on(SchemaRegistryClient client) throws IOException, RestClientException;
    }
}

package org.surgewire.ingest.publish;

import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.serde.RegistryException;

/**
 * Why something could not be published.
 *
 * @param message one line: what was refused and what to do
 * @param passing whether it may go away by itself: then the same is to be tried again later
 */
public record Trouble(String message, boolean passing) {
    /** What an exception of a {@link Publisher} means; null when it is an error of the program. */
    public static @Nullable Trouble of(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            Trouble known = known(cause);
            if (known != null) {
                return known;
            }
        }
        return e instanceof KafkaException ? new Trouble("Kafka's client failed: " + inFull(e), false) : null;
    }

    /** With what lies below: "Failed to construct kafka producer" says nothing alone. */
    private static String inFull(Throwable e) {
        var messages = new LinkedHashSet<String>();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            messages.add(String.valueOf(cause.getMessage()));
        }
        return String.join(": ", messages);
    }

    private static String advice(RegistryException e) {
        return switch (e.status()) {
            case 401, 403 -> "; correct the registry's login, or grant this user to read and register schemas";
            case 409 -> "; the cluster is used by another version whose schemas do not go with this one's: run that";
            default -> e.retriable() ? "" : "; register the schemas of this version with --set-up";
        };
    }

    private static @Nullable Trouble known(Throwable e) {
        if (e instanceof RegistryException registry) {
            return new Trouble(registry.getMessage() + advice(registry), registry.retriable());
        }
        if (e instanceof TopicAuthorizationException topics) {
            Set<String> names = new TreeSet<>(topics.unauthorizedTopics());
            return new Trouble(
                    "the broker does not allow this user to use the topics " + String.join(", ", names)
                            + "; grant Describe, Read and Write",
                    false);
        }
        if (e instanceof TransactionalIdAuthorizationException) {
            return new Trouble(
                    "the broker does not allow this user the transactional id " + Publisher.TRANSACTIONAL_ID
                            + "; grant Describe and Write on it",
                    false);
        }
        if (e instanceof AuthorizationException) {
            return new Trouble("the broker does not allow it: " + e.getMessage() + "; grant it to this user", false);
        }
        if (e instanceof AuthenticationException) {
            return new Trouble("the broker does not take this user: " + e.getMessage() + "; correct the login", false);
        }
        if (e instanceof ProducerFencedException || e instanceof InvalidProducerEpochException) {
            return new Trouble("another ingest has taken over on this cluster; run one at a time", false);
        }
        if (e instanceof RecordTooLargeException) {
            return new Trouble("a record is too large for the broker; raise max.message.bytes of the topic", false);
        }
        if (e instanceof UnknownTopicOrPartitionException || e instanceof InvalidTopicException) {
            return new Trouble("a topic does not exist: " + e.getMessage() + "; make the topics with --set-up", false);
        }
        if (e instanceof ConfigException) {
            return new Trouble("a setting of Kafka's clients is wrong: " + e.getMessage() + "; correct it", false);
        }
        if (e instanceof UncheckedIOException io && io.getMessage() != null) {
            return new Trouble(io.getMessage(), false);
        }
        if (e instanceof RetriableException) {
            return new Trouble("the broker does not answer: " + e.getMessage(), true);
        }
        return null;
    }
}

package org.surgewire.streams.deliveries;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is told of alerts, as the operator's file says. */
public final class Subscriptions {
    private final List<Subscription> all;
    private final @Nullable MailServer mail;

    Subscriptions(List<Subscription> all, @Nullable MailServer mail) {
        this.all = List.copyOf(all);
        this.mail = mail;
    }

    /** Nobody is told. */
    public static Subscriptions none() {
        return new Subscriptions(List.of(), null);
    }

    /**
     * Reads a file, whose form docs/deliveries.md has.
     *
     * @param environment variables that secrets may be in
     * @throws IOException with a message of one line that names the entry and says what to do
     */
    public static Subscriptions read(Path file, Map<String, String> environment) throws IOException {
        String yaml;
        try {
            yaml = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new IOException(file + " is not there; name a file of subscriptions with --subscriptions", e);
        }
        return SubscriptionsYaml.read(file, yaml, environment);
    }

    List<Subscription> all() {
        return all;
    }

    /** Null where no subscription goes by mail. */
    @Nullable
    MailServer mail() {
        return mail;
    }
}

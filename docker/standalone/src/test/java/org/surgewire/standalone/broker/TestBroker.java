package org.surgewire.standalone.broker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;

/** A broker that is started otherwise than the product starts its own. */
public final class TestBroker {
    /** Users that the secured broker knows; the password of each is its name. */
    public static final String ADMIN = "admin";

    public static final String READER = "reader";
    public static final String STRANGER = "stranger";

    private TestBroker() {}

    /** A broker that takes logins by SASL/PLAIN only, and lets nobody but {@link #ADMIN} do what was not granted. */
    public static EmbeddedBroker secured(Path directory) throws IOException {
        var users = new StringBuilder(login(ADMIN).replace(";", ""));
        for (String user : new String[] {ADMIN, READER, STRANGER}) {
            users.append(" user_").append(user).append("=\"").append(user).append('"');
        }
        var settings = new HashMap<String, String>();
        settings.put("listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        settings.put("listener.name.plaintext.plain.sasl.jaas.config", users + ";");
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        // The controller's own listener asks for no login.
        settings.put("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
        return EmbeddedBroker.start(directory, settings, message -> {});
    }

    /** The login of a user, as {@code sasl.jaas.config}. */
    public static String login(String user) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\""
                + user + "\";";
    }
}

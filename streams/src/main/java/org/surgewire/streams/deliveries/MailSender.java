package org.surgewire.streams.deliveries;

import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.deliveries.MailServer.Security;
import org.surgewire.streams.deliveries.Subscription.Mail;

/**
 * Hands mails to an SMTP server: plain text and HTML, a Message-ID that is the same whenever the same is sent again,
 * List-Unsubscribe. Whatever the server says but yes is a failure.
 */
final class MailSender implements Sender {
    private static final String TIMEOUT = "10000";

    private final MailServer server;
    private final Jurisdictions jurisdictions;
    private final InstantSource now;
    private final Session session;

    MailSender(MailServer server, Jurisdictions jurisdictions, InstantSource now) {
        this.server = server;
        this.jurisdictions = jurisdictions;
        this.now = now;
        var settings = new Properties();
        settings.put("mail.transport.protocol", "smtp");
        settings.put("mail.smtp.host", server.host());
        settings.put("mail.smtp.port", Integer.toString(server.port()));
        settings.put("mail.smtp.connectiontimeout", TIMEOUT);
        settings.put("mail.smtp.timeout", TIMEOUT);
        settings.put("mail.smtp.writetimeout", TIMEOUT);
        settings.put("mail.smtp.ssl.enable", Boolean.toString(server.security() == Security.TLS));
        settings.put("mail.smtp.starttls.enable", Boolean.toString(server.security() == Security.STARTTLS));
        settings.put("mail.smtp.starttls.required", Boolean.toString(server.security() == Security.STARTTLS));
        settings.put("mail.smtp.ssl.checkserveridentity", "true");
        settings.put("mail.smtp.auth", Boolean.toString(server.user() != null));
        session = Session.getInstance(settings, server.user() == null ? null : login(server));
    }

    private static Authenticator login(MailServer server) {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(server.user(), server.password());
            }
        };
    }

    @Override
    public Outcome send(Subscription subscription, Message message) {
        try {
            Transport.send(mail(((Mail) subscription.target()).address(), message));
            return Outcome.delivered();
        } catch (MessagingException e) {
            return Outcome.failed(words(e), null);
        }
    }

    private MimeMessage mail(String to, Message message) throws MessagingException {
        var text = new MailText(jurisdictions, message);
        var mail = new Identified(session, "<" + message.id() + "@" + domain() + ">");
        mail.setFrom(new InternetAddress(server.from(), true));
        mail.setRecipient(RecipientType.TO, new InternetAddress(to, true));
        mail.setSubject(text.subject(), StandardCharsets.UTF_8.name());
        mail.setSentDate(Date.from(now.instant()));
        mail.setHeader("List-Unsubscribe", "<" + server.unsubscribe() + ">");
        mail.setHeader("Auto-Submitted", "auto-generated");
        var plain = new MimeBodyPart();
        plain.setText(text.plain(server.unsubscribe()), StandardCharsets.UTF_8.name());
        var html = new MimeBodyPart();
        html.setText(text.html(server.unsubscribe()), StandardCharsets.UTF_8.name(), "html");
        // The last is the one that a mail program prefers.
        mail.setContent(new MimeMultipart("alternative", plain, html));
        return mail;
    }

    private String domain() throws MessagingException {
        String address = new InternetAddress(server.from(), true).getAddress();
        return address.substring(address.lastIndexOf('@') + 1);
    }

    /** The reason of the innermost refusal: the server's own words. */
    private static String words(MessagingException e) {
        String words = e.getMessage();
        for (Exception next = e.getNextException();
                next != null;
                next = next instanceof MessagingException inner ? inner.getNextException() : null) {
            if (next.getMessage() != null) {
                words = next.getMessage();
            }
        }
        return words == null ? e.getClass().getSimpleName() : words;
    }

    /** Keeps its Message-ID when it is sent. */
    private static final class Identified extends MimeMessage {
        private final String id;

        Identified(@Nullable Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    @Override
    public void close() {}
}

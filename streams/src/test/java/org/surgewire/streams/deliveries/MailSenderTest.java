package org.surgewire.streams.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.alerts.AlertFilter;
import org.surgewire.streams.deliveries.MailServer.Security;
import org.surgewire.streams.deliveries.Subscription.Mail;
import org.surgewire.streams.feeds.Told;

class MailSenderTest {
    private static final Instant NOW = Instant.parse("2020-09-28T16:00:00Z");
    private static final Subscription DESK =
            new Subscription("desk", new Mail("desk@example.org"), new AlertFilter(null, null, "INFO"), null);

    private final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    private int port;

    @BeforeEach
    void start() {
        smtp.start();
        port = smtp.getSmtp().getPort();
    }

    @AfterEach
    void stop() {
        smtp.stop();
    }

    private Outcome send(Message message, String user, Security security) {
        var server = new MailServer(
                "127.0.0.1",
                port,
                security,
                user,
                user == null ? null : "wrong",
                "Surgewire <alerts@example.org>",
                "mailto:operator@example.org");
        try (var sender = new MailSender(server, Jurisdictions.bundled(), InstantSource.fixed(NOW))) {
            return sender.send(DESK, message);
        }
    }

    private MimeMessage sent(Message message) {
        Outcome outcome = send(message, null, Security.NONE);
        assertThat(outcome).isEqualTo(Outcome.delivered());
        MimeMessage[] mails = smtp.getReceivedMessages();
        return mails[mails.length - 1];
    }

    private static Message message(Alert... alerts) {
        List<Dated> dated =
                Arrays.stream(alerts).map(each -> new Dated(each, NOW)).toList();
        return dated.size() == 1 ? Message.of("desk", dated.get(0)) : Message.digest("desk", dated);
    }

    private static String part(MimeMessage mail, int index) throws Exception {
        return ((MimeMultipart) mail.getContent())
                .getBodyPart(index)
                .getContent()
                .toString();
    }

    @Test
    void aMailHasTheSentenceItsEvidenceAndAWayOut() throws Exception {
        MimeMessage mail = sent(message(Told.alert(1, "OPENED").build()));

        assertThat(mail.getSubject())
                .isEqualTo("MINOR: 12 announced arrests in Mecklenburg County, NC on 28" + " September 2020.");
        assertThat(mail.getFrom()[0].toString()).isEqualTo("Surgewire <alerts@example.org>");
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(mail.getHeader("List-Unsubscribe")).containsExactly("<mailto:operator@example.org>");
        assertThat(mail.getContentType()).startsWith("multipart/alternative");
        assertThat(part(mail, 0)).contains("12 were arrested", "https://agency.example/release?a=1&b=2");
        assertThat(part(mail, 1)).contains("<a href=\"https://agency.example/release?a=1&amp;b=2\">");
    }

    @Test
    void theSameMailHasTheSameMessageId() throws Exception {
        String id = sent(message(Told.alert(1, "OPENED").build())).getMessageID();

        assertThat(id).matches("<msg_[0-9a-f]{32}@example\\.org>");
        assertThat(sent(message(Told.alert(1, "OPENED").build())).getMessageID())
                .isEqualTo(id);
        assertThat(sent(message(Told.alert(2, "UPDATED").build())).getMessageID())
                .isNotEqualTo(id);
    }

    @Test
    void aDigestHoldsAllAlertsAndSaysWhichWereTakenBack() throws Exception {
        MimeMessage mail = sent(message(
                Told.alert(1, "OPENED").build(),
                Told.alert(2, "CANCELLED").setAlertId("other").build()));

        assertThat(mail.getSubject()).isEqualTo("2 alerts of announced arrests");
        assertThat(part(mail, 0)).contains("MINOR: 12 announced", "Cancelled (MINOR): 12 announced");
    }

    @Test
    void whateverAPublisherWritesAddsNoHeaderAndNoMarkup() throws Exception {
        MimeMessage mail = sent(message(Told.hostile()));

        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getSubject()).startsWith("MINOR: ]]><script>").doesNotContain("\r", "\n", "\u0000");
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(part(mail, 1)).doesNotContain("<script>", "\"javascript:", "<b>");
    }

    @Test
    void aServerThatRefusesOrCannotKeepASecretIsAFailureInItsOwnWords() {
        Message message = message(Told.alert(1, "OPENED").build());

        assertThat(send(message, null, Security.STARTTLS).kind()).isEqualTo(Outcome.Kind.FAILED);
        smtp.setUser("known@example.org", "known", "right");
        Outcome login = send(message, "known", Security.NONE);
        assertThat(login.kind()).isEqualTo(Outcome.Kind.FAILED);
        assertThat(login.detail()).isNotBlank().doesNotContain("wrong");
        assertThat(smtp.getReceivedMessages()).isEmpty();
        smtp.stop();
        assertThat(send(message, null, Security.NONE).kind()).isEqualTo(Outcome.Kind.FAILED);
    }
}

package dev.whence.analysis.notification.outbound;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetupTest;
import dev.whence.analysis.notification.Told;
import dev.whence.analysis.notification.channel.Channel;
import dev.whence.analysis.notification.channel.ChannelKind;
import dev.whence.analysis.notification.channel.ChannelSettings;
import dev.whence.analysis.notification.message.Message;
import dev.whence.analysis.notification.message.NotificationType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

import static org.assertj.core.api.Assertions.assertThat;

/** E-mails as a real SMTP server gets them. */
class EmailSenderTests {

	private final GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());

	private final Channel channel = Told.channel(ChannelKind.EMAIL,
			new ChannelSettings.Email(List.of("ada@example.org", "grace@example.org")));

	@BeforeEach
	void start() {
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop();
	}

	@Test
	void allMessagesAboutOneIncidentAreOneThread() throws MessagingException {
		EmailSender sender = sender(mailServer(this.server.getSmtp().getPort()));
		Message opened = Told.message(NotificationType.OPENED);
		Message resolved = Told.message(NotificationType.RESOLVED);
		assertThat(sender.send(this.channel, opened)).isInstanceOf(Receipt.Sent.class);
		assertThat(sender.send(this.channel, resolved)).isInstanceOf(Receipt.Sent.class);
		MimeMessage[] mails = this.server.getReceivedMessages();
		assertThat(mails).as("one for each recipient").hasSize(4);
		assertThat(Stream.of(mails).map((mail) -> header(mail, "References")).distinct()).hasSize(1);
		assertThat(Stream.of(mails).map((mail) -> header(mail, "Subject")).distinct()).hasSize(1);
		assertThat(mails[0].getMessageID()).isEqualTo("<" + opened.id() + "@whence.invalid>");
		assertThat(header(mails[0], "Auto-Submitted")).isEqualTo("auto-generated");
	}

	@Test
	void aMessageTellsTheCauseAsTextAndAsHtmlInWhichTelemetryIsOnlyText() throws MessagingException, IOException {
		sender(mailServer(this.server.getSmtp().getPort())).send(this.channel, Told.message(NotificationType.OPENED));
		String mail = GreenMailUtil.getWholeMessage(this.server.getReceivedMessages()[0]);
		assertThat(mail).contains("multipart/alternative", "Likely cause (LIKELY)", "text/html",
				"&lt;!channel&gt; declined &amp; lost", "/incidents/" + Told.INCIDENT);
	}

	@Test
	void aServerThatIsAwayIsAFailureThatMayPass() {
		assertThat(sender(mailServer(1)).send(this.channel, Told.message(NotificationType.OPENED)))
			.isInstanceOf(Receipt.Failed.class);
	}

	@Test
	void withoutAServerNothingIsSent() {
		assertThat(sender(null).send(this.channel, Told.message(NotificationType.OPENED)))
			.isEqualTo(Receipt.Refused.because("No mail server is configured"));
	}

	private static String header(MimeMessage mail, String name) {
		try {
			return String.join(",", mail.getHeader(name));
		}
		catch (MessagingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static JavaMailSender mailServer(int port) {
		JavaMailSenderImpl mail = new JavaMailSenderImpl();
		mail.setHost("127.0.0.1");
		mail.setPort(port);
		mail.getJavaMailProperties().setProperty("mail.smtp.connectiontimeout", "2000");
		mail.getJavaMailProperties().setProperty("mail.smtp.timeout", "2000");
		return mail;
	}

	private static EmailSender sender(@Nullable JavaMailSender mail) {
		return new EmailSender(new ObjectProvider<>() {

			@Override
			public Stream<JavaMailSender> stream() {
				return Stream.ofNullable(mail);
			}

		}, Told.properties());
	}

}

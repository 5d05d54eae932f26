package dev.whence.analysis.notification.outbound;

import java.util.Date;
import java.util.UUID;

import dev.whence.analysis.notification.NotificationProperties;
import dev.whence.analysis.notification.channel.Channel;
import dev.whence.analysis.notification.channel.ChannelKind;
import dev.whence.analysis.notification.channel.ChannelSettings;
import dev.whence.analysis.notification.message.IncidentFacts;
import dev.whence.analysis.notification.message.Message;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * E-mail through the server that {@code spring.mail.*} names. All messages about one
 * incident are one thread: the same subject, and each refers to a root whose id follows
 * from the incident. A message's own id follows from its delivery, so that a repetition
 * can be told.
 */
@Component
class EmailSender implements ChannelSender {

	private static final String DOMAIN = "whence.invalid";

	private final ObjectProvider<JavaMailSender> mail;

	private final NotificationProperties properties;

	EmailSender(ObjectProvider<JavaMailSender> mail, NotificationProperties properties) {
		this.mail = mail;
		this.properties = properties;
	}

	@Override
	public ChannelKind kind() {
		return ChannelKind.EMAIL;
	}

	@Override
	public Receipt send(Channel channel, Message message) {
		JavaMailSender sender = this.mail.getIfAvailable();
		if (sender == null) {
			return Receipt.Refused.because("No mail server is configured");
		}
		ChannelSettings.Email settings = (ChannelSettings.Email) channel.settings();
		try {
			sender.send(mail(sender.createMimeMessage(), channel.id(), settings, message));
			return new Receipt.Sent(null, "The mail server took it", null);
		}
		catch (MailException ex) {
			return failed(ex);
		}
		catch (MessagingException ex) {
			return Receipt.Refused.because("The message cannot be written: " + ex.getMessage());
		}
	}

	private MimeMessage mail(MimeMessage mail, UUID channel, ChannelSettings.Email settings, Message message)
			throws MessagingException {
		MimeMessageHelper helper = new MimeMessageHelper(mail, true, "UTF-8");
		helper.setFrom(this.properties.mailFrom());
		helper.setTo(settings.recipients().toArray(String[]::new));
		helper.setSubject(subject(message));
		helper.setSentDate(Date.from(message.time()));
		helper.setText(text(message), html(message));
		mail.setHeader("Message-ID", "<" + message.id() + "@" + DOMAIN + ">");
		mail.setHeader("Auto-Submitted", "auto-generated");
		IncidentFacts incident = message.incident();
		if (incident != null) {
			String root = "<incident-" + incident.id() + "." + channel + "@" + DOMAIN + ">";
			mail.setHeader("In-Reply-To", root);
			mail.setHeader("References", root);
		}
		return mail;
	}

	/** The same for all messages about an incident: mail programs look at it, too. */
	private static String subject(Message message) {
		IncidentFacts incident = message.incident();
		return (incident != null) ? "Incident: " + incident.title() : message.headline();
	}

	private static String text(Message message) {
		IncidentFacts incident = message.incident();
		return message.headline() + "\n\n" + String.join("\n", message.details())
				+ ((incident != null) ? "\n\n" + incident.url() : "") + "\n";
	}

	private static String html(Message message) {
		StringBuilder html = new StringBuilder("<h3>").append(HtmlUtils.htmlEscape(message.headline())).append("</h3>");
		message.details().forEach((line) -> html.append("<p>").append(HtmlUtils.htmlEscape(line)).append("</p>"));
		IncidentFacts incident = message.incident();
		if (incident != null) {
			html.append("<p><a href=\"")
				.append(HtmlUtils.htmlEscape(incident.url()))
				.append("\">Open incident</a></p>");
		}
		return html.toString();
	}

	// An address that the server does not know it will not know later either; everything
	// else may have another reason.
	private static Receipt failed(MailException failure) {
		SendFailedException refused = refused(failure);
		if (refused == null) {
			return Receipt.Failed.because(detail(failure));
		}
		int taken = count(refused.getValidSentAddresses());
		if (taken > 0) {
			return new Receipt.Sent(null, "The mail server took it for " + taken + ", not for "
					+ count(refused.getInvalidAddresses()) + " addresses", null);
		}
		boolean nobody = count(refused.getInvalidAddresses()) > 0 && count(refused.getValidUnsentAddresses()) == 0;
		return nobody ? Receipt.Refused.because(detail(failure)) : Receipt.Failed.because(detail(failure));
	}

	private static @Nullable SendFailedException refused(MailException failure) {
		if (failure instanceof MailSendException sending) {
			for (Exception one : sending.getMessageExceptions()) {
				if (one instanceof SendFailedException refused) {
					return refused;
				}
			}
		}
		return null;
	}

	private static int count(Address @Nullable [] addresses) {
		return (addresses != null) ? addresses.length : 0;
	}

	private static String detail(MailException failure) {
		String text = failure.getClass().getSimpleName().replace("Exception", "") + ": " + failure.getMessage();
		String line = text.replaceAll("\\s+", " ");
		return line.substring(0, Math.min(line.length(), 300));
	}

}

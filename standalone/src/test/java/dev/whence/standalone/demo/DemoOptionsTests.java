package dev.whence.standalone.demo;

import java.util.List;
import java.util.Random;

import dev.whence.standalone.StartException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What the demo's user may ask for. */
class DemoOptionsTests {

	@Test
	void withoutAnOptionAllQuietFaultsArePlayedAndOneThatIsLoud() {
		DemoOptions options = parse();
		assertThat(options.url()).isEqualTo("http://localhost:8080");
		assertThat(options.faults()).hasSize(QuietFault.values().length + 1).startsWith(QuietFault.values());
		assertThat(options.faults()).last().isInstanceOf(LoudFault.class);
	}

	@Test
	void faultsAreChosenByNameAndPlayedOnceHoweverOftenNamed() {
		assertThat(parse("--fault", "lost-message", "--fault=bad-deploy", "--fault=lost-message").faults())
			.isEqualTo(List.of(QuietFault.LOST_MESSAGE, QuietFault.BAD_DEPLOY));
		assertThat(parse("--fault=payment-certificate").faults()).isEqualTo(List.of(LoudFault.PAYMENT_CERTIFICATE));
	}

	@Test
	void theQuietOnesHaveACommonName() {
		assertThat(parse("--fault=quiet", "--url=http://localhost:9").faults()).isEqualTo(List.of(QuietFault.values()));
	}

	@Test
	void whoMistypesAFaultReadsWhichThereAre() {
		assertThatExceptionOfType(StartException.class).isThrownBy(() -> parse("--fault=bad-depoly"))
			.withMessageContaining("'bad-depoly'")
			.withMessageContaining("slow-dependency, lost-message, noisy-neighbour, bad-deploy, inventory-database");
	}

	@Test
	void anOptionWithoutItsValueIsNamed() {
		assertThatExceptionOfType(StartException.class).isThrownBy(() -> parse("--fault"))
			.withMessage("The option --fault needs a value.");
		assertThatExceptionOfType(StartException.class).isThrownBy(() -> parse("--falut=quiet"))
			.withMessageContaining("--falut=quiet");
	}

	@Test
	void helpTellsTheStoryOfEveryFault() {
		assertThat(parse("--help").faults()).isEmpty();
		Fault.all()
			.forEach((fault) -> assertThat(DemoOptions.help()).contains(fault.optionName() + " ", fault.story()));
	}

	private static DemoOptions parse(String... args) {
		return DemoOptions.parse(args, new Random(1));
	}

}

package dev.whence.analysis.narration;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/**
 * Any model behind an API like OpenAI's. It gets no tools, is asked once, and a failure
 * is not tried again: a narration that comes late is of no use.
 */
class OpenAiNarrator implements Narrator {

	private final ChatModel model;

	OpenAiNarrator(NarrationProperties properties) {
		String key = properties.apiKey();
		this.model = OpenAiChatModel.builder()
			.options(OpenAiChatOptions.builder()
				.baseUrl(properties.baseUrl().toString())
				.apiKey((key != null && !key.isBlank()) ? key : "none")
				.model(properties.model())
				.maxTokens(properties.maxTokens())
				.timeout(properties.timeout())
				.maxRetries(0)
				.build())
			.build();
	}

	@Override
	public @Nullable String tell(String instructions, String findings) {
		ChatResponse response = this.model
			.call(new Prompt(List.of(new SystemMessage(instructions), new UserMessage(findings))));
		return (response.getResult() != null) ? response.getResult().getOutput().getText() : null;
	}

}

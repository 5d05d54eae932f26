package dev.whence.control.image.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.control.image.folder.DefinitionFolder;
import dev.whence.control.image.folder.DefinitionFolder.DefinitionFile;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Definitions that the installation keeps as files. */
@RestController
@RequestMapping("/api/config/definitions")
@Tag(name = "Image definitions")
class DefinitionFolderController {

	private final DefinitionFolder folder;

	DefinitionFolderController(DefinitionFolder folder) {
		this.folder = folder;
	}

	@GetMapping({ "/list", "/list/" })
	@Operation(summary = "The files of definitions")
	@ApiResponse(responseCode = "200", description = "All of them, by file name")
	FilesView list() {
		List<FileView> files = this.folder.list().stream().map(FileView::from).toList();
		return new FilesView(files, files.size());
	}

	@GetMapping("/{filename}")
	@Operation(summary = "One file of definitions")
	@ApiResponse(responseCode = "200", description = "The file")
	@ApiResponse(responseCode = "400", description = "The name leads elsewhere")
	@ApiResponse(responseCode = "404", description = "There is no such file")
	ContentView get(@PathVariable String filename) {
		if (!DefinitionFolder.isPlain(filename)) {
			throw new ProblemException(ProblemCode.REFUSED, "Invalid filename");
		}
		return new ContentView(filename,
				this.folder.read(filename)
					.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND,
							"Definition '%s' not found".formatted(filename))));
	}

	record FilesView(List<FileView> definitions, int total) {
	}

	record ContentView(String filename, String content) {
	}

	record FileView(String filename, String name, @Nullable String description,
			@JsonProperty("image_type") @Nullable String imageType, String path) {

		static FileView from(DefinitionFile file) {
			return new FileView(file.filename(), file.name(), file.description(), file.imageType(), file.path());
		}

	}

}

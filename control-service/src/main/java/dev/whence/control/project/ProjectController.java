package dev.whence.control.project;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.support.security.Credential;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/projects")
@Tag(name = "Projects")
class ProjectController {

	private final Projects projects;

	ProjectController(Projects projects) {
		this.projects = projects;
	}

	@GetMapping
	@Operation(summary = "The projects that the key may see")
	List<ProjectView> list(Credential caller) {
		return this.projects.list(caller).stream().map(ProjectView::from).toList();
	}

	@GetMapping("/{id}")
	@Operation(summary = "One project")
	ProjectView get(Credential caller, @PathVariable int id) {
		return ProjectView.from(this.projects.find(caller, id));
	}

	@PostMapping
	@Operation(summary = "Create a project", description = "Needs an administrator key of project 1.")
	ResponseEntity<ProjectView> create(Credential caller, @RequestBody @Valid NamedProject wanted) {
		Project created = this.projects.create(caller, wanted.name());
		return ResponseEntity.created(URI.create("/api/projects/" + created.id())).body(ProjectView.from(created));
	}

	@PatchMapping("/{id}")
	@Operation(summary = "Rename a project")
	ProjectView rename(Credential caller, @PathVariable int id, @RequestBody @Valid NamedProject wanted) {
		return ProjectView.from(this.projects.rename(caller, id, wanted.name()));
	}

	record NamedProject(@NotBlank @Size(max = 100) @Pattern(regexp = "\\P{Cntrl}*",
			message = "must not contain control characters") String name) {
	}

	record ProjectView(int id, String name, @JsonProperty("created_at") Instant createdAt) {

		static ProjectView from(Project project) {
			return new ProjectView(project.id(), project.name(), project.createdAt());
		}

	}

}

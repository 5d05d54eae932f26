package dev.whence.control.build;

import dev.whence.control.build.github.GitHubProperties;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Binds the settings of builds. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ BuildProperties.class, GitHubProperties.class })
class BuildConfiguration {

}

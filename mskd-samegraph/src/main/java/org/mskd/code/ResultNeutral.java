package org.mskd.code;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks code that no result depends on, such as messages, progress, locks and file names. {@link
 * CodeIdentity} neither digests it nor follows its references: a change of it makes no stage run
 * again. On a package it holds for all its classes, but not for sub-packages.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PACKAGE, ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface ResultNeutral {}

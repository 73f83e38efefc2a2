package io.trinity.worker;

import java.time.Duration;

/**
 * What a worker is given.
 *
 * @param start to come up and greet
 * @param answer to answer one request, wall-clock time
 * @param idle without requests before it is ended
 * @param answerBytes most bytes of an answer
 */
public record WorkerLimits(Duration start, Duration answer, Duration idle, int answerBytes) {}

/** Each agent_behavior plugin as a typed AgentBehavior service. */
@NullMarked
package io.trinity.adapter.agent.behavior;

import org.jspecify.annotations.NullMarked;

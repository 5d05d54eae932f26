import type { ReactNode } from 'react';
import { Component } from 'react';

interface Props {
  /** A new one starts over, such as that of the next page. */
  place: string;
  children: ReactNode;
}

interface State {
  place: string;
  error: Error | null;
}

/** Keeps one page that cannot be shown from taking the whole console with it. */
export class Boundary extends Component<Props, State> {
  override state: State = { place: this.props.place, error: null };

  static getDerivedStateFromProps(props: Props, state: State): State | null {
    return props.place === state.place ? null : { place: props.place, error: null };
  }

  static getDerivedStateFromError(error: Error): Partial<State> {
    return { error };
  }

  override render() {
    if (!this.state.error) return this.props.children;
    return (
      <div className="failure" role="alert">
        <strong>This page cannot be shown.</strong>
        <p>
          The answer of the server has a shape that the console does not expect; the rest of the console works. Please report
          it with this message:
        </p>
        <code>{this.state.error.message}</code>
      </div>
    );
  }
}

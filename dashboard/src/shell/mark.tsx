/** The mark of Gapless: books on a shelf, the missing one in colour. */
export function Mark({ size = 36 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#17324d" />
      <g fill="#f4efe6">
        <rect x="6" y="8" width="4" height="16" rx="1.5" />
        <rect x="11.5" y="8" width="4" height="16" rx="1.5" />
        <rect x="22.5" y="8" width="4" height="16" rx="1.5" />
      </g>
      <rect x="17" y="8" width="4" height="16" rx="1.5" fill="#f2b544" />
    </svg>
  );
}

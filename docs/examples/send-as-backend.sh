curl "$CHAT_URL/v1/messages.send" \
  -H "Authorization: Bearer $CHAT_KEY" \
  -H "Inlay-User: shop" \
  -d '{
    "conversation": "direct:alice,shop",
    "id": "019ab0c4-5d2a-7cc1-8a05-6f1f0f2a9b3e",
    "body": {"kind": "text", "text": "Your order is on its way."}
  }'
